import { anyOf } from '../../../src/domain/pattern-choice.ts'

/** The identifiers of a car. `externalId` is its ID on the platform of the site. */
export type CarIdentity = {
  vin: string | null
  stockNumber: string | null
  url: string | null
  externalId?: string | null
}

/** The identifiers, strongest first. */
const KEYS = ['vin', 'stockNumber', 'url', 'externalId'] as const

/** Texts that mean that there is no stock number. */
const NO_NUMBER_TEXTS = anyOf([
  String.raw`n\.?\/?a\.?|nan|none|null|nil|undefined|default|true|false|vin|0+|x+`,
  'unspecified|unknown|unavailable|pending|inquire',
  String.raw`tb[ad]|to be \w+|no(?: stock)?(?: number)?|not \w+`,
  'in[- ]transit|coming soon|in stock',
  '(?:please )?(?:call|contact|ask|see|email)(?: .*)?',
  '(?:stock|stk)(?: ?(?:no|num|number|id))?',
])
const NO_NUMBER = new RegExp(`^${NO_NUMBER_TEXTS}$`, 'i')

/** Whether a text is a placeholder that means that there is no stock number. */
export const isPlaceholderStockNumber = (text: string): boolean =>
  NO_NUMBER.test(text.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')) ||
  !/[\p{L}\p{N}]/u.test(text)

/** Labels of stock numbers: `Stock #: A1`, `Stk No. A1`, `#A1`. */
const STOCK_LABELS = anyOf([
  String.raw`(?:stock|stk|sku|unit|inventory)\b\s*` +
    String.raw`(?:(?:no|num|number|id)\b\.?\s*[:#]*|[:#])[\s:#]*`,
  String.raw`stocknumber[\s:#]+`,
  String.raw`(?:stock|stk)\s+(?=[a-z]*\d)`,
  String.raw`#\s*(?=\w)`,
])
const STOCK_LABEL = new RegExp(`^${STOCK_LABELS}`, 'i')

/** Removes the label from a stock number. */
export const withoutLabel = (text: string): string => text.trim().replace(STOCK_LABEL, '')

/**
 * Normalizes the identifiers of a car: upper case for VINs and stock numbers, no labels, and no
 * fragment in URLs. Empty values become null.
 */
export function normalizeIdentity(car: CarIdentity): Required<CarIdentity> {
  return {
    vin: normalizeFullVin(car.vin),
    stockNumber: readStockNumber(car.stockNumber),
    url: car.url?.trim().replace(/#.*$/, '') || null,
    externalId: car.externalId?.trim() || null,
  }
}

/** Whether a car has an identifier by which a later run can match it. */
export const hasIdentity = (car: CarIdentity): boolean =>
  Object.values(normalizeIdentity(car)).some((name) => name !== null)

function readStockNumber(writtenNumber: string | null): string | null {
  const number = withoutLabel(writtenNumber ?? '')
  return isPlaceholderStockNumber(number) ? null : number.toUpperCase()
}

/** Returns a complete VIN; null for others, because pages contain `N/A`, `TBD` and partial VINs. */
function normalizeFullVin(text: string | null): string | null {
  const vin = text?.trim().toUpperCase() ?? ''
  return /^[A-HJ-NPR-Z0-9]{17}$/.test(vin) ? vin : null
}

/**
 * Matches found cars with known ones: by VIN, then by stock number, then by URL, then by the ID on
 * the platform; null for a new car. A missing identifier matches nothing, and a difference in a
 * stronger identifier prevents a match. Each known car matches at most one found car. If several
 * known cars match, the first one wins.
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

/**
 * Whether no stronger identifier is present in both cars. If one is, it differs; otherwise they
 * would already have matched.
 */
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
 * Removes duplicates and keeps the first of each car. A page may show a car twice, and so may two
 * pages if a car was sold between the requests.
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
