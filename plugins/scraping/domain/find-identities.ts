import { anyOf } from '../../../src/domain/pattern-choice.ts'
import { type CarIdentity, isPlaceholderStockNumber, withoutLabel } from './identity.ts'
import { parseListingUrl, parseText } from './listing-values.ts'

/** A value of a listing as text, with the key, the attribute or `text` that it belongs to. */
export type Leaf = readonly [key: string, value: string]

/** The maximum number of values that are examined per listing, and of identities that are kept. */
export const MAX_LEAVES = 400
const MAX_IDENTITIES = 20
const MAX_LEAF_LENGTH = 2_000

const VIN = /(?<![A-Z0-9])(?=[A-Z]*\d)[A-HJ-NPR-Z0-9]{17}(?![A-Z0-9])/gi
/** Keys such as `inStock`, `stockStatus` and `stockPhoto`, which do not contain stock numbers. */
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
/** Keys of images, share buttons and dealers, whose URLs do not identify a car. */
const NO_ADDRESS_KEY =
  /image|img|photo|picture|thumb|logo|icon|avatar|video|share|dealer|carfax|report/i
const PICTURE = /\.(?:jpe?g|png|webp|gif|svg|avif|ico|css|js|pdf)(?:$|\?)/i
const WHOSE_ID = '(?:vehicle|external|listing|inventory|car|ad|product|source)[-_]?'
const ID_KEYS = anyOf(['@id', '_?id', 'guid', `(?:data-)?(?:${WHOSE_ID})?(?:uu)?id`])
const ID_KEY = new RegExp(`^${ID_KEYS}$`, 'i')
const PICTURES_KEY = /^(?:images?|photos?|pictures?|media|videos?)$/i
/** IDs that are only valid within their page. */
const PAGE_ID = /^(?:#|_:)/

/** Parses a stock number without its label; null for texts such as `N/A`. */
export function parseStockNumber(value: unknown): string | null {
  const text = withoutLabel(parseText(value, 100) ?? '')
  return isPlaceholderStockNumber(text) ? null : text
}

/**
 * Finds everything in the values of a listing that may identify its car: VINs anywhere, and stock
 * numbers, URLs and IDs if a key or label indicates one. An unreadable listing may be any of the
 * cars that it names. Relative URLs are resolved against `base`.
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
 * Returns the values of a listing with the key `stock` for a text that directly follows the label
 * `Stock #`.
 */
export const withLabels = (leaves: readonly Leaf[]): Leaf[] => {
  const texts = leaves.filter(([key]) => key === 'text')
  const labelled = new Set(
    texts.filter((_, at) => STOCK_WORD.test(texts[at - 1]?.[1].trim() ?? '')),
  )
  return leaves.map((leaf) => (labelled.has(leaf) ? ['stock', leaf[1]] : leaf))
}

/** Returns a URL that may belong to a car: not the page itself, and not a file; otherwise null. */
function addressElsewhere(value: string, base: string): string | null {
  const address = parseListingUrl(value, base)
  return address === null || address === parseListingUrl(base, base) || PICTURE.test(address)
    ? null
    : address
}

/**
 * Collects the leaf values of JSON, each with its key; items of a list have the key of the list.
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
