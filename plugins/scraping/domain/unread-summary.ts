import type { ListingField } from './pages.ts'

/** What each fact of a listing is called, after `a` or `an` and after a number. */
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

/** Of how many listings a field could not be read, by field; other names count for nothing. */
type CountByField = Readonly<Partial<Record<string, number>>>

const listUnreadFields = (unread: CountByField) =>
  (Object.keys(FIELD_NOUNS) as ListingField[]).flatMap((field) => {
    const count = unread[field] ?? 0
    return count > 0 ? [{ count, nouns: FIELD_NOUNS[field] }] : []
  })

/** `3 of 27 cars have a price that could not be read.`, a sentence for each field. */
export function describeUnreadFields(unread: CountByField, cars: number): string[] {
  return listUnreadFields(unread).map(
    ({ count, nouns: [one] }) =>
      `${count} of ${cars} cars ${count === 1 ? 'has' : 'have'} ${one} that could not be read.`,
  )
}

/** `3 prices and 1 mileage could not be read`; null where all could. */
export function formatUnreadSummary(unread: CountByField): string | null {
  const parts = listUnreadFields(unread).map(({ count, nouns: [one, many] }) =>
    count === 1 ? `1 ${one.replace(/^an? /, '')}` : `${count.toLocaleString('en-US')} ${many}`,
  )
  if (parts.length === 0) return null
  const last = parts.pop()
  return `${parts.length === 0 ? '' : `${parts.join(', ')} and `}${last} could not be read`
}
