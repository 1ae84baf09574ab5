/** How deep a value is looked into. */
const DEEPEST = 4
/** Where things have their value, and where that value has its unit. */
const VALUES = [
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
const UNITS = ['unitCode', 'unitText', 'unit', 'currency', 'currencyCode', 'priceCurrency']
const LONGEST_UNIT = 20

/** A text or a number. */
export type Plain = string | number

/**
 * The text or number that a value of JSON comes to: itself; the value or name of a thing, with its unit where it has one (`72420 KMT`);
 * the first of a list that comes to something. null for anything else.
 */
export function plainOf(value: unknown, deep = DEEPEST): Plain | null {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (typeof value !== 'object' || value === null || deep === 0) return null
  if (Array.isArray(value)) return firstOf(value.slice(0, 50), (one) => plainOf(one, deep - 1))
  const thing = value as Record<string, unknown>
  const plain = firstOf(VALUES, (name) => (Object.hasOwn(thing, name) ? plainOf(thing[name], deep - 1) : null))
  const unit = firstOf(UNITS, (name) => (Object.hasOwn(thing, name) && typeof thing[name] === 'string' ? thing[name] : null))
  return plain === null || unit === null || unit.length > LONGEST_UNIT ? plain : `${plain} ${unit}`
}

/** The text that a value of JSON comes to, as `plainOf` reads it; '' where it comes to none. */
export const plainText = (value: unknown): string => String(plainOf(value) ?? '')

/** A text in parts as one: `2020 Honda CR-V EX` of `["2020 Honda", { "value": "CR-V EX" }]`. null where no part is a text. */
export function joinedText(value: unknown): Plain | null {
  if (!Array.isArray(value)) return plainOf(value)
  const parts = value.slice(0, 50).flatMap((part: unknown) => plainOf(part) ?? [])
  return parts.length === 0 ? null : parts.join(' ')
}

function firstOf<Item, Value>(items: readonly Item[], read: (item: Item) => Value | null): Value | null {
  for (const item of items) {
    const value = read(item)
    if (value !== null) return value
  }
  return null
}
