import { hasIdentity, type CarIdentity, normalizeIdentity, matchCars } from './identity.ts'
import type { DroppedListing } from './pages.ts'

/**
 * What the listings are that could not be read. `held`: so many are known cars that nothing else of
 * the run found; `nameless`: in so many nothing names a car. The rest name a car that was found
 * elsewhere, or one that nobody knows.
 */
export type DroppedCount = { held: number; nameless: number }

/**
 * Counts them. `unseen` are the known cars on sale that the run did not find; each is held by one
 * listing at most. What a listing only mentions counts where it has no name of its own: it may be
 * the cars beside it.
 */
export function countDropped(
  dropped: readonly DroppedListing[],
  unseen: readonly CarIdentity[],
): DroppedCount {
  const free = new Set(unseen)
  const byKey = new Map<string, CarIdentity[]>()
  for (const car of unseen)
    for (const key of identityKeys(car)) byKey.set(key, [...(byKey.get(key) ?? []), car])
  for (const { names = [], mentions = [] } of dropped) {
    const car = (names.length > 0 ? names : mentions)
      .flatMap((name) =>
        identityKeys(name).flatMap((key) => (byKey.get(key) ?? []).map((car) => ({ name, car }))),
      )
      .find((one) => free.has(one.car) && matchCars([one.name], [one.car])[0] !== null)?.car
    if (car) free.delete(car)
  }
  return {
    held: unseen.length - free.size,
    nameless: dropped.filter((one) => listIdentities(one).length === 0).length,
  }
}

/** Everything in a listing that may name a car. */
export const listIdentities = ({ names = [], mentions = [] }: DroppedListing): CarIdentity[] =>
  [...names, ...mentions].filter(hasIdentity)

/** Whether a car is one of those that these names may mean: any of its own names is among them. */
export function createIdentityMatcher(
  identities: readonly CarIdentity[],
): (car: CarIdentity) => boolean {
  const keys = new Set(identities.flatMap(identityKeys))
  return (car) => identityKeys(car).some((key) => keys.has(key))
}

const identityKeys = (car: CarIdentity): string[] =>
  Object.entries(normalizeIdentity(car)).flatMap(([kind, name]) =>
    name === null ? [] : [`${kind} ${name}`],
  )
