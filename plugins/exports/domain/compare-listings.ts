import type { ListedCar } from './generated-feed.ts'

/** How one car differs between two deliveries. Prices are in cents; null where it is not listed. */
export type ListingChange = {
  kind: 'added' | 'removed' | 'repriced'
  carId: string
  vin: string
  before: number | null
  after: number | null
}

/** How many cars differ between two deliveries, and the first of them. */
export type ListingDiff = {
  added: number
  removed: number
  repriced: number
  changes: readonly ListingChange[]
}

/** How many changes a diff lists; it counts all of them. */
export const MAX_CHANGES = 200

/** Compares the cars of a delivery with those of the one before. */
export function compareListings(
  before: readonly ListedCar[],
  after: readonly ListedCar[],
): ListingDiff {
  const known = new Map(before.map((car) => [car.carId, car]))
  const listed = new Set(after.map(({ carId }) => carId))
  const added = after
    .filter(({ carId }) => !known.has(carId))
    .map((car) => describeChange('added', null, car))
  const removed = before
    .filter(({ carId }) => !listed.has(carId))
    .map((car) => describeChange('removed', car, null))
  const repriced = after.flatMap((car) => {
    const earlier = known.get(car.carId)
    return earlier && earlier.price !== car.price ? [describeChange('repriced', earlier, car)] : []
  })
  return {
    added: added.length,
    removed: removed.length,
    repriced: repriced.length,
    changes: [...added, ...removed, ...repriced].slice(0, MAX_CHANGES),
  }
}

function describeChange(
  kind: ListingChange['kind'],
  before: ListedCar | null,
  after: ListedCar | null,
): ListingChange {
  const { carId, vin } = after ?? before ?? { carId: '', vin: '' }
  return { kind, carId, vin, before: before?.price ?? null, after: after?.price ?? null }
}

/** A diff in one line: `+3 −1 ~7 prices`. */
export function formatDiff({ added, removed, repriced }: Omit<ListingDiff, 'changes'>): string {
  if (added + removed + repriced === 0) return 'No changes'
  return `+${added} −${removed} ~${repriced} ${repriced === 1 ? 'price' : 'prices'}`
}
