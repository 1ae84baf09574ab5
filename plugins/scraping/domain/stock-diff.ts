import { type CarIdentity, normalizeIdentity, matchCars } from './identity.ts'
import { createIdentityMatcher } from './dropped-listings.ts'

const DAY_MS = 86_400_000
/** How many whole runs in a row have to miss a car before it counts as sold. */
const MISSED_RUNS_UNTIL_SOLD = 2
/** A VIN that comes back within so many days was never sold: its stay goes on. */
const SAME_STAY_DAYS = 30

/**
 * A car of a competitor as it is known. `lastPriceCents` is the last price of its history, also
 * where they show none now.
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

/** A car as a run found it. */
export type FoundCar = CarIdentity & { priceCents: number | null }

/**
 * What became of a found car: new, or one that is known; whether its stay goes on after it was
 * taken for sold; whether it costs another price.
 */
export type SeenCar<Known, Found> = {
  found: Found
  car: Known | null
  relisted: boolean
  repriced: boolean
  daysOnMarket: number
}

/**
 * What became of a known car that was not found. `soldAt` is set once it counts as sold: the first
 * whole run without it.
 */
export type MissedCar<Known> = {
  car: Known
  missedRuns: number
  missingSince: Date
  soldAt: Date | null
  daysOnMarket: number
}

/** What a run says of a competitor's stock. */
export type StockDiff<Known, Found> = { seen: SeenCar<Known, Found>[]; missed: MissedCar<Known>[] }

/**
 * `complete`: the run read everything there was. `unread` are the words of listings that could not
 * be read, and `refused` what names a car in them: a car that is named there was not missing.
 * `soldAfterDays`: how long a car has to be missing besides.
 */
export type RunFacts = {
  at: Date
  complete: boolean
  unread: readonly string[]
  refused?: readonly CarIdentity[]
  soldAfterDays: number
}

/**
 * What is true of a competitor's stock after a run. Nothing is missing from a run that did not read
 * everything.
 */
export function diffStock<Known extends KnownCar, Found extends FoundCar>(
  known: readonly Known[],
  found: readonly Found[],
  facts: RunFacts,
): StockDiff<Known, Found> {
  const { seen, unseen } = matchSeenCars(known, found, facts.at)
  return { seen, missed: findMissedCars(unseen, facts) }
}

/**
 * What became of the known cars on sale that a run did not see: those that an unreadable listing
 * may be are not missing.
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

/** What became of the found cars, and the known ones on sale that are none of them. */
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
 * Whether one of these words has the car's VIN, stock number or address in it, and not as a part of
 * a longer one.
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

/** Whole days from one moment to another; 0 where the other came first. */
export const countDaysBetween = (from: Date, to: Date): number =>
  Math.max(0, Math.floor((to.getTime() - from.getTime()) / DAY_MS))
