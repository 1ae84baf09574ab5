/** What distinguishes one car from another. `externalId` is the id that the site's own platform gives it. */
export type Named = { vin: string | null; stockNumber: string | null; url: string | null; externalId?: string | null }

/** The strongest first. */
const KEYS = ['vin', 'stockNumber', 'url', 'externalId'] as const

/** What stands where a stock number is not known. */
const NO_NUMBER = new RegExp(
  '^(?:n\\.?\\/?a\\.?|nan|none|null|nil|undefined|default|unspecified|unknown|unavailable|pending|inquire|true|false|vin|0+|x+|' +
    'tb[ad]|to be \\w+|no(?: stock)?(?: number)?|not \\w+|in[- ]transit|coming soon|in stock|(?:please )?(?:call|contact|ask|see|email)(?: .*)?|' +
    '(?:stock|stk)(?: ?(?:no|num|number|id))?)$',
  'i',
)

/** Whether a stock number is a way to say that there is none. */
export const saysNoNumber = (text: string): boolean =>
  NO_NUMBER.test(text.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')) || !/[\p{L}\p{N}]/u.test(text)

/** `Stock #: A1`, `Stk No. A1`, `#A1`: what pages write before a stock number. */
const STOCK_LABEL =
  /^(?:(?:stock|stk|sku|unit|inventory)\b\s*(?:(?:no|num|number|id)\b\.?\s*[:#]*|[:#])[\s:#]*|stocknumber[\s:#]+|(?:stock|stk)\s+(?=[a-z]*\d)|#\s*(?=\w))/i

/** A stock number without the label that pages write before it. */
export const withoutLabel = (text: string): string => text.trim().replace(STOCK_LABEL, '')

/**
 * What they call a car, in one spelling: letters in capitals, stock numbers without a label, and an address without what is behind `#`. Empty
 * is missing.
 */
export function nameOf(car: Named): Required<Named> {
  return {
    vin: vinOf(car.vin),
    stockNumber: stockOf(car.stockNumber),
    url: car.url?.trim().replace(/#.*$/, '') || null,
    externalId: car.externalId?.trim() || null,
  }
}

/** Whether there is anything to know a car by tomorrow. */
export const isNamed = (car: Named): boolean => Object.values(nameOf(car)).some((name) => name !== null)

function stockOf(said: string | null): string | null {
  const number = withoutLabel(said ?? '')
  return saysNoNumber(number) ? null : number.toUpperCase()
}

/** Only a whole VIN names a car: pages have `N/A`, `TBD` and parts of one. */
function vinOf(said: string | null): string | null {
  const vin = said?.trim().toUpperCase() ?? ''
  return /^[A-HJ-NPR-Z0-9]{17}$/.test(vin) ? vin : null
}

/**
 * Which known car each found one is, by VIN, else by stock number, else by address, else by the platform's id; null for a new one. What is
 * missing matches nothing, and what differs in a stronger name is another car. Each known car is one found car at most; of several that
 * could be it, the first in the order given.
 */
export function recognise<Known extends Named>(found: readonly Named[], known: readonly Known[]): (Known | null)[] {
  const names = found.map(nameOf)
  const spelled = known.map((car) => ({ car, name: nameOf(car), taken: false }))
  const answer: (Known | null)[] = found.map(() => null)
  for (const [strength, key] of KEYS.entries()) {
    const byKey = grouped(spelled, ({ name }) => name[key])
    for (const [index, name] of names.entries()) {
      if (answer[index] !== null || name[key] === null) continue
      const match = byKey.get(name[key])?.find((one) => !one.taken && agree(one.name, name, strength))
      if (!match) continue
      match.taken = true
      answer[index] = match.car
    }
  }
  return answer
}

/** Whether no stronger name says that they differ. */
const agree = (one: Required<Named>, other: Required<Named>, strength: number) =>
  KEYS.slice(0, strength).every((key) => one[key] === null || other[key] === null)

function grouped<Value>(values: readonly Value[], keyOf: (value: Value) => string | null): Map<string, Value[]> {
  const groups = new Map<string, Value[]>()
  for (const value of values) add(groups, keyOf(value), value)
  return groups
}

function add<Value>(groups: Map<string, Value[]>, key: string | null, value: Value): void {
  if (key === null) return
  const group = groups.get(key)
  if (group) group.push(value)
  else groups.set(key, [value])
}

/** Each car once: a page shows some of them twice, and so do two pages when something was sold in between. The first one stays. */
export function withoutTwins<Car extends Named>(cars: readonly Car[]): Car[] {
  const seen = Object.fromEntries(KEYS.map((key) => [key, new Map()])) as Record<
    (typeof KEYS)[number],
    Map<string, Required<Named>[]>
  >
  return cars.filter((car) => {
    const name = nameOf(car)
    const twin = KEYS.some((key, strength) => {
      const value = name[key]
      return value !== null && (seen[key].get(value) ?? []).some((other) => agree(other, name, strength))
    })
    if (twin) return false
    for (const key of KEYS) add(seen[key], name[key], name)
    return true
  })
}
