import { type Named, saysNoNumber } from './identity.ts'
import { addressOf, textOf } from './listing-values.ts'

/** A piece of a listing as it came: the key, attribute or `text` that it stands under, and its text. */
export type Leaf = readonly [key: string, value: string]

/** How many pieces of one listing are looked at, and how many names of it are kept. */
export const MOST_LEAVES = 400
const MOST_NAMES = 20
const LONGEST_LEAF = 2_000

const VIN = /(?<![A-Z0-9])(?=[A-Z]*\d)[A-HJ-NPR-Z0-9]{17}(?![A-Z0-9])/gi
const STOCK_KEY = /stock|stk|sku/i
/** `Stock #: A1`: what pages write before a stock number, up to its colon or hash. */
const STOCK_LABEL = /^(?:stock|stk)\b(?:\s*(?:no\.?|num(?:ber)?\.?))?\s*[:#]+\s*/i
const ADDRESS_KEY = /(?:url|uri|link|href)$/i
const ID_KEY = /^(?:@id|(?:data-)?(?:(?:vehicle|external|listing|inventory|car)[-_]?)?(?:uu)?id)$/i

/** A stock number without its label; null for texts such as `N/A`. */
export function stockNumberOf(value: unknown): string | null {
  const text = textOf(value, 100)?.replace(STOCK_LABEL, '') ?? ''
  return saysNoNumber(text) ? null : text
}

/**
 * Whatever in the pieces of a listing may name its car: VINs wherever they stand, stock numbers, addresses and ids where a key or label
 * announces one. A listing that cannot be read may be any of the cars that it names. `base`: what its addresses are relative to.
 */
export function namesIn(leaves: readonly Leaf[], base: string): Named[] {
  const names = leaves.slice(0, MOST_LEAVES).flatMap(([key, value]) => namesOfLeaf(key, value.slice(0, LONGEST_LEAF), base))
  const byText = new Map(names.map((name) => [JSON.stringify(name), name]))
  return [...byText.values()].slice(0, MOST_NAMES)
}

const NOBODY = { vin: null, stockNumber: null, url: null, externalId: null }

function namesOfLeaf(key: string, value: string, base: string): Named[] {
  const vins = (value.match(VIN) ?? []).map((vin) => ({ ...NOBODY, vin: vin.toUpperCase() }))
  const isStock = STOCK_KEY.test(key) || STOCK_LABEL.test(value.trim())
  const stockNumber = isStock ? stockNumberOf(value) : null
  const url = ADDRESS_KEY.test(key) ? addressOf(value, base) : null
  const externalId = ID_KEY.test(key) ? textOf(value, 255) : null
  return [
    ...vins,
    ...(stockNumber === null ? [] : [{ ...NOBODY, stockNumber }]),
    ...(url === null ? [] : [{ ...NOBODY, url }]),
    ...(externalId === null ? [] : [{ ...NOBODY, externalId }]),
  ]
}

/** The pieces of a value of JSON, each under the key that it stands under; in lists, under the list's. */
export function leavesOf(root: unknown): Leaf[] {
  const leaves: Leaf[] = []
  const waiting: { key: string; value: unknown }[] = [{ key: '', value: root }]
  for (let seen = 0; seen < MOST_LEAVES * 5 && leaves.length < MOST_LEAVES; seen++) {
    const next = waiting.shift()
    if (!next) break
    const { key, value } = next
    if (typeof value === 'string' || typeof value === 'number') leaves.push([key, String(value)])
    else if (Array.isArray(value)) waiting.push(...value.slice(0, MOST_LEAVES).map((one: unknown) => ({ key, value: one })))
    else if (typeof value === 'object' && value !== null)
      waiting.push(
        ...Object.entries(value)
          .slice(0, MOST_LEAVES)
          .map(([name, one]: [string, unknown]) => ({ key: name, value: one })),
      )
  }
  return leaves
}
