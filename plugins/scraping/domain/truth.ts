import { type Named, nameOf, recognise } from './identity.ts'
import { holdersOf } from './refused.ts'

const DAY_MS = 86_400_000
/** How many whole runs in a row have to miss a car before it counts as sold. */
const RUNS_WITHOUT = 2
/** A VIN that comes back within so many days was never sold: its stay goes on. */
const SAME_STAY_DAYS = 30

/** A car of a competitor as it is known. `lastPriceCents` is the last price of its history, also where they show none now. */
export type KnownCar = Named & {
  id: string
  priceCents: number | null
  lastPriceCents: number | null
  firstSeenAt: Date
  soldAt: Date | null
  missedRuns: number
  missingSince: Date | null
}

/** A car as a run found it. */
export type FoundCar = Named & { priceCents: number | null }

/**
 * What became of a found car: new, or one that is known; whether its stay goes on after it was taken for sold; whether it costs another
 * price.
 */
export type Seen<Known, Found> = {
  found: Found
  car: Known | null
  relisted: boolean
  repriced: boolean
  daysOnMarket: number
}

/** What became of a known car that was not found. `soldAt` is set once it counts as sold: the first whole run without it. */
export type Missed<Known> = { car: Known; missedRuns: number; missingSince: Date; soldAt: Date | null; daysOnMarket: number }

/** What a run says of a competitor's stock. */
export type Truth<Known, Found> = { seen: Seen<Known, Found>[]; missed: Missed<Known>[] }

/**
 * `complete`: the run read everything there was. `unread` are the words of listings that could not be read, and `refused` what names a car
 * in them: a car that is named there was not missing. `soldAfterDays`: how long a car has to be missing besides.
 */
export type RunFacts = {
  at: Date
  complete: boolean
  unread: readonly string[]
  refused?: readonly Named[]
  soldAfterDays: number
}

/** What is true of a competitor's stock after a run. Nothing is missing from a run that did not read everything. */
export function truthOf<Known extends KnownCar, Found extends FoundCar>(
  known: readonly Known[],
  found: readonly Found[],
  facts: RunFacts,
): Truth<Known, Found> {
  const { seen, unseen } = seeCars(known, found, facts.at)
  return { seen, missed: missedCars(unseen, facts) }
}

/** What became of the known cars on sale that a run did not see: those that an unreadable listing may be are not missing. */
export function missedCars<Known extends KnownCar>(
  unseen: readonly Known[],
  { at, complete, unread, refused = [], soldAfterDays }: RunFacts,
): Missed<Known>[] {
  const isHeld = holdersOf(refused)
  const gone = complete ? unseen.filter((car) => !isHeld(car) && !isSpokenOf(car, unread)) : []
  return gone.map((car) => missedOf(car, at, soldAfterDays))
}

/** What became of the found cars, and the known ones on sale that are none of them. */
export function seeCars<Known extends KnownCar, Found extends FoundCar>(
  known: readonly Known[],
  found: readonly Found[],
  at: Date,
): { seen: Seen<Known, Found>[]; unseen: Known[] } {
  const candidates = [...known.filter((car) => car.soldAt === null), ...known.filter((car) => mayComeBack(car, at))]
  const cars = recognise(
    found,
    candidates.map((car) => (car.soldAt === null ? car : { ...car, stockNumber: null, url: null, externalId: null })),
  )
  const byId = new Map(known.map((car) => [car.id, car]))
  const seen = found.map((one, index) => seenOf(one, byId.get(cars[index]?.id ?? '') ?? null, at))
  const there = new Set(seen.map(({ car }) => car?.id))
  return { seen, unseen: known.filter(({ id, soldAt }) => soldAt === null && !there.has(id)) }
}

const mayComeBack = ({ vin, soldAt }: KnownCar, at: Date) =>
  vin !== null && soldAt !== null && at.getTime() - soldAt.getTime() <= SAME_STAY_DAYS * DAY_MS

function seenOf<Known extends KnownCar, Found extends FoundCar>(found: Found, car: Known | null, at: Date): Seen<Known, Found> {
  const { priceCents } = found
  return {
    found,
    car,
    relisted: car !== null && car.soldAt !== null,
    repriced: priceCents !== null && priceCents !== (car?.lastPriceCents ?? null),
    daysOnMarket: daysBetween(car?.firstSeenAt ?? at, at),
  }
}

function missedOf<Known extends KnownCar>(car: Known, at: Date, soldAfterDays: number): Missed<Known> {
  const missedRuns = car.missedRuns + 1
  const missingSince = car.missingSince ?? at
  const longEnough = at.getTime() - missingSince.getTime() >= soldAfterDays * DAY_MS
  const soldAt = missedRuns >= RUNS_WITHOUT && longEnough ? missingSince : null
  return { car, missedRuns, missingSince, soldAt, daysOnMarket: daysBetween(car.firstSeenAt, soldAt ?? at) }
}

/** Whether one of these words has the car's VIN, stock number or address in it, and not as a part of a longer one. */
function isSpokenOf(car: Named, words: readonly string[]): boolean {
  const { vin, stockNumber, url } = nameOf(car)
  const names = [vin, stockNumber, url].filter((name) => name !== null)
  return words.some((word) => names.some((name) => hasWhole(word.toUpperCase(), name.toUpperCase())))
}

function hasWhole(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!/[\p{L}\p{N}]/u.test((text[at - 1] ?? '') + (text[at + name.length] ?? ''))) return true
  return false
}

/** Whole days from one moment to another; 0 where the other came first. */
export const daysBetween = (from: Date, to: Date): number => Math.max(0, Math.floor((to.getTime() - from.getTime()) / DAY_MS))
