import { isNamed, type Named, nameOf, recognise } from './identity.ts'
import type { Dropped } from './pages.ts'

/**
 * What the listings are that could not be read. `held`: so many are known cars that nothing else of the run found; `nameless`: in so many
 * nothing names a car. The rest name a car that was found elsewhere, or one that nobody knows.
 */
export type RefusedCount = { held: number; nameless: number }

/**
 * Counts them. `unseen` are the known cars on sale that the run did not find; each is held by one listing at most. What a listing only
 * mentions counts where it has no name of its own: it may be the cars beside it.
 */
export function countRefused(refused: readonly Dropped[], unseen: readonly Named[]): RefusedCount {
  const free = new Set(unseen)
  const byKey = new Map<string, Named[]>()
  for (const car of unseen) for (const key of keysOf(car)) byKey.set(key, [...(byKey.get(key) ?? []), car])
  for (const { names = [], mentions = [] } of refused) {
    const car = (names.length > 0 ? names : mentions)
      .flatMap((name) => keysOf(name).flatMap((key) => (byKey.get(key) ?? []).map((car) => ({ name, car }))))
      .find((one) => free.has(one.car) && recognise([one.name], [one.car])[0] !== null)?.car
    if (car) free.delete(car)
  }
  return { held: unseen.length - free.size, nameless: refused.filter((one) => namesOf(one).length === 0).length }
}

/** Everything in a listing that may name a car. */
export const namesOf = ({ names = [], mentions = [] }: Dropped): Named[] => [...names, ...mentions].filter(isNamed)

/** Whether a car is one of those that these names may mean: any of its own names is among them. */
export function holdersOf(names: readonly Named[]): (car: Named) => boolean {
  const keys = new Set(names.flatMap(keysOf))
  return (car) => keysOf(car).some((key) => keys.has(key))
}

const keysOf = (car: Named): string[] =>
  Object.entries(nameOf(car)).flatMap(([kind, name]) => (name === null ? [] : [`${kind} ${name}`]))
