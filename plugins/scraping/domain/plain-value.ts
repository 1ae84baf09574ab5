/** The maximum depth of nested values. */
const MAX_DEPTH = 4
/** The keys under which objects contain their value, and the unit of that value. */
const VALUE_KEYS = [
  'en_US',
  'value',
  '@value',
  'name',
  'text',
  'label',
  'amount',
  'price',
  'formatted',
  'url',
  'contentUrl',
  'uri',
  'href',
  'src',
]
const UNIT_KEYS = ['unitCode', 'unitText', 'unit', 'currency', 'currencyCode', 'priceCurrency']
const MAX_UNIT_LENGTH = 20

/** A text or a number. */
export type PlainValue = string | number

/**
 * Returns the text or number in a JSON value: the value itself; the value or name of an object,
 * with its unit if it has one (`72420 KMT`); or the first usable item of a list. Returns null for
 * anything else.
 */
export function toPlainValue(value: unknown, depth = MAX_DEPTH): PlainValue | null {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (typeof value !== 'object' || value === null || depth === 0) return null
  if (Array.isArray(value))
    return findFirst(value.slice(0, 50), (one) => toPlainValue(one, depth - 1))
  const thing = value as Record<string, unknown>
  const plain = findFirst(VALUE_KEYS, (name) =>
    Object.hasOwn(thing, name) ? toPlainValue(thing[name], depth - 1) : null,
  )
  const unit = findFirst(UNIT_KEYS, (name) =>
    Object.hasOwn(thing, name) && typeof thing[name] === 'string' ? thing[name] : null,
  )
  return plain === null || unit === null || unit.length > MAX_UNIT_LENGTH
    ? plain
    : `${plain} ${unit}`
}

/** Returns the result of `toPlainValue` as a text; '' if there is none. */
export const toPlainText = (value: unknown): string => String(toPlainValue(value) ?? '')

/**
 * Joins a text that is given in parts: `["2020 Honda", { "value": "CR-V EX" }]` is `2020 Honda CR-V
 * EX`. Returns null if no part is a text.
 */
export function joinPlainText(value: unknown): PlainValue | null {
  if (!Array.isArray(value)) return toPlainValue(value)
  const parts = value.slice(0, 50).flatMap((part: unknown) => toPlainValue(part) ?? [])
  return parts.length === 0 ? null : parts.join(' ')
}

function findFirst<Item, Value>(
  items: readonly Item[],
  read: (item: Item) => Value | null,
): Value | null {
  for (const item of items) {
    const value = read(item)
    if (value !== null) return value
  }
  return null
}
