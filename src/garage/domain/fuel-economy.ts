import { DEFAULT_TANK, FUEL_TYPES, type FuelType, type Tank } from './fuel-types.ts'

/**
 * One purchase of fuel. Distances and units are whole thousandths: of miles, and of gallons, kWh,
 * kilograms or gasoline gallon equivalents. `at` is in milliseconds.
 */
export type Fill = {
  id: string
  at: number
  odometer: number | null
  /** The distance since the last fill of the same tank. */
  trip: number | null
  units: number
  /** Null if the row has none, or one that is not in the list. */
  fuelType: FuelType | null
  isFull: boolean
  /** Whether a fill before this one was not recorded. */
  missedFill: boolean
}

/** A distance and the fuel that it took, in thousandths. */
export type Consumption = { distance: number; units: number }

/** The consumption that a fill measured, or in words why it measured none. */
export type FillEconomy =
  { consumption: Consumption; reason: null } | { consumption: null; reason: string }

/** A fill with its tank; null if it may have gone into any of several tanks. */
export type TankFill = Fill & { tank: Tank | null }

/** A fill with its place: `position` is its odometer reading, entered or inferred from trips. */
type LocatedFill = TankFill & { position: number | null; leg: number | null }

/** What has gathered since the last full fill. */
type Span = {
  start: LocatedFill
  legs: number | null
  units: number
  gap: string | null
}

const REASONS = {
  partial: 'This is a partial fill. Its fuel counts in the next full fill.',
  first: 'This is the first full fill. Economy starts with the next one.',
  missed: 'A fill since the last full one was not recorded.',
  untyped:
    'A fill since the last full one has no fuel type, and this vehicle uses several. Enter it.',
  noType: 'This fill has no fuel type, and this vehicle uses several. Enter it.',
  noReading:
    'This fill has no odometer reading or trip distance. Its fuel counts in the next full fill.',
  noStart: 'The distance since the last full fill is unknown: an odometer reading is missing.',
  notMoved:
    'The odometer has not risen since the last full fill. This fuel counts in the next full fill.',
  fell: 'The odometer is lower than at the last full fill. Check both readings.',
  noFuel: 'No fuel was bought since the last full fill.',
} as const

/**
 * Orders fills by time; at one moment, by odometer, then the partial fill first, so that its fuel
 * counts in the full one.
 */
export function compareFills(a: Fill, b: Fill): number {
  return (
    a.at - b.at ||
    (a.odometer ?? Infinity) - (b.odometer ?? Infinity) ||
    Number(a.isFull) - Number(b.isFull) ||
    (a.id < b.id ? -1 : 1)
  )
}

/**
 * Orders fills and assigns them to tanks. A fill without a fuel type belongs to the only tank that
 * the vehicle's other fills have; exhaust fluid does not count.
 */
export function assignTanks<Row extends Fill>(fills: readonly Row[]): (Row & TankFill)[] {
  const known = new Set(fills.flatMap(({ fuelType }) => (fuelType ? getTank(fuelType) : [])))
  known.delete('def')
  const [only = DEFAULT_TANK] = known
  const untyped = known.size > 1 ? null : only
  return [...fills]
    .sort(compareFills)
    .map((fill) => ({ ...fill, tank: fill.fuelType ? getTank(fill.fuelType) : untyped }))
}

const getTank = (type: FuelType): Tank => FUEL_TYPES[type].tank

/**
 * Computes what each fill measured, by id. A full fill measures the distance since the previous
 * full fill of its tank and all fuel since then, so that the order in which logs were entered does
 * not matter.
 */
export function measureFills(fills: readonly TankFill[]): Map<string, FillEconomy> {
  const tanks = new Set(fills.flatMap(({ tank }) => tank ?? []))
  const economies = [...tanks].flatMap((tank) =>
    measureTank(fills.filter((fill) => fill.tank === tank || fill.tank === null)),
  )
  const untyped = fills
    .filter(({ tank }) => tank === null)
    .map(({ id }) => [id, explain(REASONS.noType)] as const)
  return new Map([...economies, ...untyped])
}

/** The pooled consumption: sums of distances and of fuel, never a mean of ratios. */
export const poolConsumption = (parts: readonly Consumption[]): Consumption => ({
  distance: parts.reduce((sum, { distance }) => sum + distance, 0),
  units: parts.reduce((sum, { units }) => sum + units, 0),
})

/** The fills of one tank, with those of an unknown tank among them, which break its spans. */
function measureTank(fills: readonly TankFill[]): (readonly [string, FillEconomy])[] {
  const economies: (readonly [string, FillEconomy])[] = []
  let span: Span | null = null
  for (const fill of locateFills(fills)) {
    if (fill.tank === null) {
      if (span) span.gap ??= REASONS.untyped
      continue
    }
    if (span) addFill(span, fill)
    const economy = fill.isFull ? measureSpan(span, fill) : explain(REASONS.partial)
    economies.push([fill.id, economy])
    if (fill.isFull && !isFolded(economy)) span = { start: fill, legs: 0, units: 0, gap: null }
  }
  return economies
}

/**
 * Finds the odometer reading of each fill and the distance since the one before. A trip continues
 * from the reading before it, unless a fill in between was not recorded.
 */
export function locateFills<Row extends TankFill>(fills: readonly Row[]): (Row & LocatedFill)[] {
  let previous: number | null = null
  return fills.map((fill) => {
    if (fill.tank === null) return { ...fill, position: null, leg: null }
    const trip = fill.missedFill ? null : fill.trip
    const position: number | null = fill.odometer ?? add(previous, trip)
    const leg = position !== null && previous !== null ? position - previous : trip
    previous = position
    return { ...fill, position, leg }
  })
}

const add = (sum: number | null, part: number | null): number | null =>
  sum === null || part === null ? null : sum + part

function addFill(span: Span, fill: LocatedFill): void {
  span.units += fill.units
  span.legs = add(span.legs, fill.leg)
  if (fill.missedFill) span.gap ??= REASONS.missed
}

function measureSpan(span: Span | null, fill: LocatedFill): FillEconomy {
  if (!span) return explain(REASONS.first)
  if (span.gap !== null) return explain(span.gap)
  const { start, units } = span
  const distance =
    start.position !== null && fill.position !== null ? fill.position - start.position : span.legs
  if (distance === null)
    return explain(canLocateLater(start, fill) ? REASONS.noReading : REASONS.noStart)
  if (distance === 0) return explain(REASONS.notMoved)
  if (distance < 0) return explain(REASONS.fell)
  if (units <= 0) return explain(REASONS.noFuel)
  return { consumption: { distance, units }, reason: null }
}

/** Whether a later reading will tell the distance, although this fill does not. */
const canLocateLater = (start: LocatedFill, fill: LocatedFill): boolean =>
  start.position !== null && fill.position === null

/** Whether the fuel of a full fill counts in the next one. */
const isFolded = ({ reason }: FillEconomy): boolean =>
  reason === REASONS.noReading || reason === REASONS.notMoved

const explain = (reason: string): FillEconomy => ({ consumption: null, reason })
