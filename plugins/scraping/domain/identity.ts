import { anyOf } from '../../../src/domain/any-of.ts'

/**
 * What distinguishes one car from another. `externalId` is the id that the site's own platform
 * gives it.
 */
export type CarIdentity = {
  vin: string | null
  stockNumber: string | null
  url: string | null
  externalId?: string | null
}

/** The strongest first. */
const KEYS = ['vin', 'stockNumber', 'url', 'externalId'] as const

/** What stands where a stock number is not known. */
const NO_NUMBER_TEXTS = anyOf([
  String.raw`n\.?\/?a\.?|nan|none|null|nil|undefined|default|true|false|vin|0+|x+`,
  'unspecified|unknown|unavailable|pending|inquire',
  String.raw`tb[ad]|to be \w+|no(?: stock)?(?: number)?|not \w+`,
  'in[- ]transit|coming soon|in stock',
  '(?:please )?(?:call|contact|ask|see|email)(?: .*)?',
  '(?:stock|stk)(?: ?(?:no|num|number|id))?',
])
const NO_NUMBER = new RegExp(`^${NO_NUMBER_TEXTS}$`, 'i')

/** Whether a stock number is a way to say that there is none. */
export const isPlaceholderStockNumber = (text: string): boolean =>
  NO_NUMBER.test(text.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')) ||
  !/[\p{L}\p{N}]/u.test(text)

/** `Stock #: A1`, `Stk No. A1`, `#A1`: what pages write before a stock number. */
const STOCK_LABELS = anyOf([
  String.raw`(?:stock|stk|sku|unit|inventory)\b\s*` +
    String.raw`(?:(?:no|num|number|id)\b\.?\s*[:#]*|[:#])[\s:#]*`,
  String.raw`stocknumber[\s:#]+`,
  String.raw`(?:stock|stk)\s+(?=[a-z]*\d)`,
  String.raw`#\s*(?=\w)`,
])
const STOCK_LABEL = new RegExp(`^${STOCK_LABELS}`, 'i')

/** A stock number without the label that pages write before it. */
export const withoutLabel = (text: string): string => text.trim().replace(STOCK_LABEL, '')

/**
 * What they call a car, in one spelling: letters in capitals, stock numbers without a label, and an
 * address without what is behind `#`. Empty is missing.
 */
export function normalizeIdentity(car: CarIdentity): Required<CarIdentity> {
  return {
    vin: normalizeFullVin(car.vin),
    stockNumber: readStockNumber(car.stockNumber),
    url: car.url?.trim().replace(/#.*$/, '') || null,
    externalId: car.externalId?.trim() || null,
  }
}

/** Whether there is anything to know a car by tomorrow. */
export const hasIdentity = (car: CarIdentity): boolean =>
  Object.values(normalizeIdentity(car)).some((name) => name !== null)

function readStockNumber(writtenNumber: string | null): string | null {
  const number = withoutLabel(writtenNumber ?? '')
  return isPlaceholderStockNumber(number) ? null : number.toUpperCase()
}

/** Only a whole VIN names a car: pages have `N/A`, `TBD` and parts of one. */
function normalizeFullVin(text: string | null): string | null {
  const vin = text?.trim().toUpperCase() ?? ''
  return /^[A-HJ-NPR-Z0-9]{17}$/.test(vin) ? vin : null
}

/**
 * Which known car each found one is, by VIN, else by stock number, else by address, else by the
 * platform's id; null for a new one. What is missing matches nothing, and what differs in a
 * stronger name is another car. Each known car is one found car at most; of several that could be
 * it, the first in the order given.
 */
export function matchCars<Known extends CarIdentity>(
  found: readonly CarIdentity[],
  known: readonly Known[],
): (Known | null)[] {
  const identities = found.map(normalizeIdentity)
  const candidates = known.map((car) => ({ car, name: normalizeIdentity(car), taken: false }))
  const matches: (Known | null)[] = found.map(() => null)
  for (const [strength, key] of KEYS.entries()) {
    const byKey = groupByKey(candidates, ({ name }) => name[key])
    for (const [index, name] of identities.entries()) {
      if (matches[index] !== null || name[key] === null) continue
      const match = byKey
        .get(name[key])
        ?.find((one) => !one.taken && isCompatible(one.name, name, strength))
      if (!match) continue
      match.taken = true
      matches[index] = match.car
    }
  }
  return matches
}

/** Whether no stronger name says that they differ. */
const isCompatible = (one: Required<CarIdentity>, other: Required<CarIdentity>, strength: number) =>
  KEYS.slice(0, strength).every((key) => one[key] === null || other[key] === null)

function groupByKey<Value>(
  values: readonly Value[],
  getKey: (value: Value) => string | null,
): Map<string, Value[]> {
  const groups = new Map<string, Value[]>()
  for (const value of values) addToGroup(groups, getKey(value), value)
  return groups
}

function addToGroup<Value>(groups: Map<string, Value[]>, key: string | null, value: Value): void {
  if (key === null) return
  const group = groups.get(key)
  if (group) group.push(value)
  else groups.set(key, [value])
}

/**
 * Each car once: a page shows some of them twice, and so do two pages when something was sold in
 * between. The first one stays.
 */
export function dedupeCars<Car extends CarIdentity>(cars: readonly Car[]): Car[] {
  const seen = Object.fromEntries(KEYS.map((key) => [key, new Map()])) as Record<
    (typeof KEYS)[number],
    Map<string, Required<CarIdentity>[]>
  >
  return cars.filter((car) => {
    const name = normalizeIdentity(car)
    const isDuplicate = KEYS.some((key, strength) => {
      const value = name[key]
      return (
        value !== null &&
        (seen[key].get(value) ?? []).some((other) => isCompatible(other, name, strength))
      )
    })
    if (isDuplicate) return false
    for (const key of KEYS) addToGroup(seen[key], name[key], name)
    return true
  })
}
