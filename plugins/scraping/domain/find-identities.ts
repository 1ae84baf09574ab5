import { anyOf } from '../../../src/domain/any-of.ts'
import { type CarIdentity, isPlaceholderStockNumber, withoutLabel } from './identity.ts'
import { parseListingUrl, parseText } from './listing-values.ts'

/**
 * A piece of a listing as it came: the key, attribute or `text` that it stands under, and its text.
 */
export type Leaf = readonly [key: string, value: string]

/** How many pieces of one listing are looked at, and how many names of it are kept. */
export const MAX_LEAVES = 400
const MAX_IDENTITIES = 20
const MAX_LEAF_LENGTH = 2_000

const VIN = /(?<![A-Z0-9])(?=[A-Z]*\d)[A-HJ-NPR-Z0-9]{17}(?![A-Z0-9])/gi
/** Keys of stock numbers, and not of `inStock`, `stockStatus`, `stockPhoto` and the like. */
const NO_STOCK_KEY = 'in[-_]?stock|status|photo|image|img|date|type|count|level|avail|qty|quantity'
const STOCK_KEY = new RegExp(
  `^(?!.*(?:${NO_STOCK_KEY}))(?=.*(?:stock|stk|sku|unit[-_]?(?:no|num)))`,
  'i',
)
/** A stock number within a text: `2020 Kia · Stock #A1 · 20k mi`. */
const STOCK_WITHIN =
  /\b(?:stock|stk)\s*(?:(?:no|num|number)\b\.?\s*[:#]*|[:#]+)[\s:#]*([\w-]{1,40})/i
const STOCK_WORD = /^(?:stock|stk)\b[\s.]*(?:(?:no|num|number)\b\.?)?[\s:#]*$/i
const ADDRESS_KEY = /(?:url|uri|link|href|^path|^vdp|^canonical|page)$/i
/** Of pictures, of other sites' buttons and of the dealer: no address of a car. */
const NO_ADDRESS_KEY =
  /image|img|photo|picture|thumb|logo|icon|avatar|video|share|dealer|carfax|report/i
const PICTURE = /\.(?:jpe?g|png|webp|gif|svg|avif|ico|css|js|pdf)(?:$|\?)/i
const WHOSE_ID = '(?:vehicle|external|listing|inventory|car|ad|product|source)[-_]?'
const ID_KEYS = anyOf(['@id', '_?id', 'guid', `(?:data-)?(?:${WHOSE_ID})?(?:uu)?id`])
const ID_KEY = new RegExp(`^${ID_KEYS}$`, 'i')
const PICTURES_KEY = /^(?:images?|photos?|pictures?|media|videos?)$/i
/** Ids that hold only within their page. */
const PAGE_ID = /^(?:#|_:)/

/** A stock number without its label; null for texts such as `N/A`. */
export function parseStockNumber(value: unknown): string | null {
  const text = withoutLabel(parseText(value, 100) ?? '')
  return isPlaceholderStockNumber(text) ? null : text
}

/**
 * Whatever in the pieces of a listing may name its car: VINs wherever they stand, stock numbers,
 * addresses and ids where a key or label announces one. A listing that cannot be read may be any of
 * the cars that it names. `base`: what its addresses are relative to.
 */
export function findIdentities(leaves: readonly Leaf[], base: string): CarIdentity[] {
  const identities = leaves
    .slice(0, MAX_LEAVES)
    .flatMap(([key, value]) => findLeafIdentities(key, value.slice(0, MAX_LEAF_LENGTH), base))
  const byText = new Map(identities.map((name) => [JSON.stringify(name), name]))
  return [...byText.values()].slice(0, MAX_IDENTITIES)
}

const NO_IDENTITY = { vin: null, stockNumber: null, url: null, externalId: null }

function findLeafIdentities(key: string, value: string, base: string): CarIdentity[] {
  const vins = (value.match(VIN) ?? []).map((vin) => ({ ...NO_IDENTITY, vin: vin.toUpperCase() }))
  const isStock =
    STOCK_KEY.test(key) || (/^s/i.test(value.trim()) && withoutLabel(value) !== value.trim())
  const stockNumber = isStock
    ? parseStockNumber(value)
    : parseStockNumber(STOCK_WITHIN.exec(value)?.[1])
  const url =
    ADDRESS_KEY.test(key) && !NO_ADDRESS_KEY.test(key) ? addressElsewhere(value, base) : null
  const externalId = ID_KEY.test(key) && !PAGE_ID.test(value.trim()) ? parseText(value, 255) : null
  return [
    ...vins,
    ...(stockNumber === null ? [] : [{ ...NO_IDENTITY, stockNumber }]),
    ...(url === null ? [] : [{ ...NO_IDENTITY, url }]),
    ...(externalId === null ? [] : [{ ...NO_IDENTITY, externalId }]),
  ]
}

/**
 * Pieces of a listing in which a text that stands behind the word `Stock #` alone is a stock
 * number.
 */
export const withLabels = (leaves: readonly Leaf[]): Leaf[] => {
  const texts = leaves.filter(([key]) => key === 'text')
  const labelled = new Set(
    texts.filter((_, at) => STOCK_WORD.test(texts[at - 1]?.[1].trim() ?? '')),
  )
  return leaves.map((leaf) => (labelled.has(leaf) ? ['stock', leaf[1]] : leaf))
}

/** An address that may be a car's: not of the page where it stands, and not of a file. */
function addressElsewhere(value: string, base: string): string | null {
  const address = parseListingUrl(value, base)
  return address === null || address === parseListingUrl(base, base) || PICTURE.test(address)
    ? null
    : address
}

/**
 * The pieces of a value of JSON, each under the key that it stands under; in lists, under the
 * list's.
 */
export function collectJsonLeaves(root: unknown): Leaf[] {
  const leaves: Leaf[] = []
  const waiting: { key: string; value: unknown }[] = [{ key: '', value: root }]
  for (let seen = 0; seen < MAX_LEAVES * 5 && leaves.length < MAX_LEAVES; seen++) {
    const next = waiting.shift()
    if (!next) break
    const { key, value } = next
    if (typeof value === 'string' || typeof value === 'number') leaves.push([key, String(value)])
    else if (Array.isArray(value))
      waiting.push(...value.slice(0, MAX_LEAVES).map((one: unknown) => ({ key, value: one })))
    else if (typeof value === 'object' && value !== null)
      waiting.push(
        ...Object.entries(value)
          .slice(0, MAX_LEAVES)
          .map(([name, one]: [string, unknown]) => ({
            key: PICTURES_KEY.test(key) ? key : name,
            value: one,
          })),
      )
  }
  return leaves
}
