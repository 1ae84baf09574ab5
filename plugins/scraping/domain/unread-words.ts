import type { ListingField } from './pages.ts'

/** What each fact of a listing is called, after `a` or `an` and after a number. */
const CALLED: Readonly<Record<ListingField, readonly [one: string, many: string]>> = {
  vin: ['a VIN', 'VINs'],
  stockNumber: ['a stock number', 'stock numbers'],
  externalId: ['an id', 'ids'],
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
type Counts = Readonly<Partial<Record<string, number>>>

const entriesOf = (unread: Counts) =>
  (Object.keys(CALLED) as ListingField[]).flatMap((field) => {
    const count = unread[field] ?? 0
    return count > 0 ? [{ count, called: CALLED[field] }] : []
  })

/** `3 of 27 cars have a price that could not be read.`, a sentence for each field. */
export function unreadSentences(unread: Counts, cars: number): string[] {
  return entriesOf(unread).map(
    ({ count, called: [one] }) => `${count} of ${cars} cars ${count === 1 ? 'has' : 'have'} ${one} that could not be read.`,
  )
}

/** `3 prices and 1 mileage could not be read`; null where all could. */
export function unreadSummary(unread: Counts): string | null {
  const parts = entriesOf(unread).map(({ count, called: [one, many] }) =>
    count === 1 ? `1 ${one.replace(/^an? /, '')}` : `${count.toLocaleString('en-US')} ${many}`,
  )
  if (parts.length === 0) return null
  const last = parts.pop()
  return `${parts.length === 0 ? '' : `${parts.join(', ')} and `}${last} could not be read`
}
