import { type CarIdentity, normalizeIdentity, matchCars } from './identity.ts'
import { createIdentityMatcher } from './dropped-listings.ts'

const DAY_MS = 86_400_000
/** The number of consecutive complete runs that must miss a car before it counts as sold. */
const MISSED_RUNS_UNTIL_SOLD = 2
/** The number of days within which a sold car with the same VIN counts as never sold. */
const SAME_STAY_DAYS = 30

/**
 * A known car of a competitor. `lastPriceCents` is the last price in its history, even if no price
 * is shown now.
 */
export type KnownCar = CarIdentity & {
  id: string
  priceCents: number | null
  lastPriceCents: number | null
  firstSeenAt: Date
  soldAt: Date | null
  missedRuns: number
  missingSince: Date | null
}

/** A car found by a run. */
export type FoundCar = CarIdentity & { priceCents: number | null }

/**
 * The result for a found car: `car` is the known car, or null for a new one; `relisted` is whether
 * it had counted as sold; `repriced` is whether its price changed.
 */
export type SeenCar<Known, Found> = {
  found: Found
  car: Known | null
  relisted: boolean
  repriced: boolean
  daysOnMarket: number
}

/**
 * The result for a known car that was not found. `soldAt` is set once the car counts as sold, to
 * the time of the first complete run without it.
 */
export type MissedCar<Known> = {
  car: Known
  missedRuns: number
  missingSince: Date
  soldAt: Date | null
  daysOnMarket: number
}

/** The result of a run for a competitor's stock. */
export type StockDiff<Known, Found> = { seen: SeenCar<Known, Found>[]; missed: MissedCar<Known>[] }

/**
 * The facts of a run. `complete` is whether the run saw every car. `unread` are the texts of
 * unreadable listings, and `refused` are the identifiers in them; a car that occurs there is not
 * missing. `soldAfterDays` is the minimum time for which a car must also be missing.
 */
export type RunFacts = {
  at: Date
  complete: boolean
  unread: readonly string[]
  refused?: readonly CarIdentity[]
  soldAfterDays: number
}

/** Compares a run with the known stock of a competitor. An incomplete run has no missed cars. */
export function diffStock<Known extends KnownCar, Found extends FoundCar>(
  known: readonly Known[],
  found: readonly Found[],
  facts: RunFacts,
): StockDiff<Known, Found> {
  const { seen, unseen } = matchSeenCars(known, found, facts.at)
  return { seen, missed: findMissedCars(unseen, facts) }
}

/**
 * Finds the known cars on sale that a run missed. A car that an unreadable listing may describe is
 * not missed.
 */
export function findMissedCars<Known extends KnownCar>(
  unseen: readonly Known[],
  { at, complete, unread, refused = [], soldAfterDays }: RunFacts,
): MissedCar<Known>[] {
  const isDropped = createIdentityMatcher(refused)
  const gone = complete
    ? unseen.filter((car) => !isDropped(car) && !isMentionedIn(car, unread))
    : []
  return gone.map((car) => toMissedCar(car, at, soldAfterDays))
}

/** Matches the found cars with known ones. Also returns the known cars on sale without a match. */
export function matchSeenCars<Known extends KnownCar, Found extends FoundCar>(
  known: readonly Known[],
  found: readonly Found[],
  at: Date,
): { seen: SeenCar<Known, Found>[]; unseen: Known[] } {
  const candidates = [
    ...known.filter((car) => car.soldAt === null),
    ...known.filter((car) => canComeBack(car, at)),
  ]
  const cars = matchCars(
    found,
    candidates.map((car) =>
      car.soldAt === null ? car : { ...car, stockNumber: null, url: null, externalId: null },
    ),
  )
  const byId = new Map(known.map((car) => [car.id, car]))
  const seen = found.map((one, index) =>
    toSeenCar(one, byId.get(cars[index]?.id ?? '') ?? null, at),
  )
  const seenIds = new Set(seen.map(({ car }) => car?.id))
  return { seen, unseen: known.filter(({ id, soldAt }) => soldAt === null && !seenIds.has(id)) }
}

const canComeBack = ({ vin, soldAt }: KnownCar, at: Date) =>
  vin !== null && soldAt !== null && at.getTime() - soldAt.getTime() <= SAME_STAY_DAYS * DAY_MS

function toSeenCar<Known extends KnownCar, Found extends FoundCar>(
  found: Found,
  car: Known | null,
  at: Date,
): SeenCar<Known, Found> {
  const { priceCents } = found
  return {
    found,
    car,
    relisted: car !== null && car.soldAt !== null,
    repriced: priceCents !== null && priceCents !== (car?.lastPriceCents ?? null),
    daysOnMarket: countDaysBetween(car?.firstSeenAt ?? at, at),
  }
}

function toMissedCar<Known extends KnownCar>(
  car: Known,
  at: Date,
  soldAfterDays: number,
): MissedCar<Known> {
  const missedRuns = car.missedRuns + 1
  const missingSince = car.missingSince ?? at
  const longEnough = at.getTime() - missingSince.getTime() >= soldAfterDays * DAY_MS
  const soldAt = missedRuns >= MISSED_RUNS_UNTIL_SOLD && longEnough ? missingSince : null
  return {
    car,
    missedRuns,
    missingSince,
    soldAt,
    daysOnMarket: countDaysBetween(car.firstSeenAt, soldAt ?? at),
  }
}

/**
 * Whether one of these texts contains the car's VIN, stock number or URL, but not as a part of a
 * longer one.
 */
function isMentionedIn(car: CarIdentity, texts: readonly string[]): boolean {
  const { vin, stockNumber, url } = normalizeIdentity(car)
  const names = [vin, stockNumber, url].filter((name) => name !== null)
  return texts.some((text) =>
    names.some((name) => includesWholeName(text.toUpperCase(), name.toUpperCase())),
  )
}

function includesWholeName(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!/[\p{L}\p{N}]/u.test((text[at - 1] ?? '') + (text[at + name.length] ?? ''))) return true
  return false
}

/** Returns the whole days between two moments; 0 if `to` is earlier. */
export const countDaysBetween = (from: Date, to: Date): number =>
  Math.max(0, Math.floor((to.getTime() - from.getTime()) / DAY_MS))
