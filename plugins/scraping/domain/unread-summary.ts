import type { ListingField } from './pages.ts'

/** The name of each field: singular with an article, and plural. */
const FIELD_NOUNS: Readonly<Record<ListingField, readonly [one: string, many: string]>> = {
  vin: ['a VIN', 'VINs'],
  stockNumber: ['a stock number', 'stock numbers'],
  externalId: ['an ID', 'ids'],
  url: ['an address', 'addresses'],
  title: ['a title', 'titles'],
  year: ['a year', 'years'],
  make: ['a make', 'makes'],
  model: ['a model', 'models'],
  trim: ['a trim', 'trims'],
  priceCents: ['a price', 'prices'],
  mileage: ['a mileage', 'mileages'],
  exteriorColor: ['a color', 'colors'],
  transmission: ['a transmission', 'transmissions'],
  fuelType: ['a fuel type', 'fuel types'],
  bodyStyle: ['a body style', 'body styles'],
  imageUrl: ['a photo', 'photos'],
}

/** The number of listings with an unreadable field, by field; unknown fields are ignored. */
type CountByField = Readonly<Partial<Record<string, number>>>

const listUnreadFields = (unread: CountByField) =>
  (Object.keys(FIELD_NOUNS) as ListingField[]).flatMap((field) => {
    const count = unread[field] ?? 0
    return count > 0 ? [{ count, nouns: FIELD_NOUNS[field] }] : []
  })

/**
 * Describes the unreadable fields, one sentence each: `3 of 27 cars have a price that could not be
 * read.`
 */
export function describeUnreadFields(unread: CountByField, cars: number): string[] {
  return listUnreadFields(unread).map(
    ({ count, nouns: [one] }) =>
      `${count} of ${cars} cars ${count === 1 ? 'has' : 'have'} ${one} that could not be read.`,
  )
}

/**
 * Summarizes the unreadable fields: `3 prices and 1 mileage could not be read`; null if there are
 * none.
 */
export function formatUnreadSummary(unread: CountByField): string | null {
  const parts = listUnreadFields(unread).map(({ count, nouns: [one, many] }) =>
    count === 1 ? `1 ${one.replace(/^an? /, '')}` : `${count.toLocaleString('en-US')} ${many}`,
  )
  if (parts.length === 0) return null
  const last = parts.pop()
  return `${parts.length === 0 ? '' : `${parts.join(', ')} and `}${last} could not be read`
}
