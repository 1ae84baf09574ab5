import { hasIdentity, type CarIdentity, normalizeIdentity, matchCars } from './identity.ts'
import type { DroppedListing } from './pages.ts'

/**
 * The dropped listings by what they match. `held` is the number of known cars that only dropped
 * listings match. `nameless` is the number of listings without any identity. The others match a car
 * that was found elsewhere, or an unknown car.
 */
export type DroppedCount = { held: number; nameless: number }

/**
 * Counts the dropped listings. `unseen` are the known cars on sale that the run did not find; each
 * is held by at most one listing. The mentions of a listing only count if it has no names, because
 * they may belong to other cars on the page.
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

/** Lists everything in a listing that may identify a car. */
export const listIdentities = ({ names = [], mentions = [] }: DroppedListing): CarIdentity[] =>
  [...names, ...mentions].filter(hasIdentity)

/** Creates a function that returns whether any identity of a car is among these. */
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
