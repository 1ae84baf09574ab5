/** How deep a value is looked into. */
const MAX_DEPTH = 4
/** Where things have their value, and where that value has its unit. */
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
 * The text or number that a value of JSON comes to: itself; the value or name of a thing, with its
 * unit where it has one (`72420 KMT`); the first of a list that comes to something. null for
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

/** The text that a value of JSON comes to, as `plainOf` reads it; '' where it comes to none. */
export const toPlainText = (value: unknown): string => String(toPlainValue(value) ?? '')

/**
 * A text in parts as one: `2020 Honda CR-V EX` of `["2020 Honda", { "value": "CR-V EX" }]`. null
 * where no part is a text.
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
