import type { CheerioAPI } from 'cheerio'
import { anyOf } from '../../../src/domain/pattern-choice.ts'
import { isOtherByContext, isOtherSum, findLowestPlausible } from '../domain/sale-price.ts'
import type { PriceFormat } from '../domain/price-format.ts'
import type { Draft, Candidate } from '../domain/listing-draft.ts'
import { parsePriceCents } from '../domain/listing-values.ts'
import { toPlainValue } from '../domain/plain-value.ts'
import {
  type Elements,
  parseHtml,
  isTag,
  collectHtmlLeaves,
  type Node,
  toNodes,
  type Tag,
} from './html-page.ts'
import { isStruckByStyle, type Struck, struckByStyles } from './struck-through.ts'

const MAX_MARKUP_LENGTH = 2_000
const NOT_SHOWN = /^(?:script|style|template|noscript)$/i
const STRUCK_TAG = /^(?:s|del|strike)$/i
/** Classes that only old prices have. All amounts inside such an element are old prices. */
const OLD_CLASSES = anyOf([
  String.raw`old|was|msrp|srp|strike\w*|struck|slashed|crossed(?: ?out)?|line ?through`,
  '(?:old|was|msrp)price',
  '(?:orig(?:inal)?|prev(?:ious)?|former|prior|before|compare(?: at)?) ?price',
])
const OLD_CLASS = new RegExp(`(?:^| )${OLD_CLASSES}(?= |$)`, 'i')
const HIDDEN = /display\s*:\s*none/i
/** The maximum length of text next to a price that may label it, and of text after it that does. */
const MAX_BESIDE_LENGTH = 60
const MAX_SUFFIX_LENGTH = 25
/** Promotional text before a price. */
const PRAISES = anyOf([
  '(?:great|big|huge|more|extra|special) savings',
  '(?:recent )?price (?:drop|cut)',
  'reduced',
])
const PRAISE = new RegExp(String.raw`^\W*${PRAISES}\W*$`, 'i')
/** Text after a price that is about something else. */
const ABOUT_SAVINGS =
  /^(?:savings?|discounts?|rebates?|fees?|deposit|down)\s+[a-z]{4,}(?<!payment)$/i
/** Classes of forms and the like that resemble classes of old prices. */
const NO_PRICE_CLASS = /\bwas-(?:validated|loaded|visited)\b/gi

/** Reads a price from a listing: the text that a selector finds, or an attribute. */
export type PriceReader = (listing: Elements, selector: string, attribute?: string) => Candidate[]

/**
 * Creates the price reader of a page. A price does not count if it or a surrounding element is
 * struck through (`<s>`, `<del>`, `<strike>`, `line-through` in a style attribute or a `<style>` of
 * the page), or has the class or label of an old price, savings or a payment. Hidden prices only
 * count without others. If several are left, the lowest plausible one is the sale price.
 */
export function createPriceReader($: CheerioAPI, format: PriceFormat): PriceReader {
  const isPrice = (text: string) => parsePriceCents(text, format) !== null
  const struck = struckByStyles($)
  return (listing, selector, attribute) => {
    const places = toNodes(selector === '' ? listing : listing.find(selector)).filter(isTag)
    const [root] = toNodes(listing)
    const shown = places.filter((place) => !isHidden(place, root))
    const texts = (shown.some((place) => isPrice($(place).text())) ? shown : places)
      .filter(
        (place) =>
          !isOld(place, root, struck) && (place === root || !isOtherSum(getClassWords(place))),
      )
      .flatMap((place) =>
        attribute === undefined
          ? textsBeside(place, root, struck, format)
          : (place.attribs[attribute] ?? []),
      )
    const source = attribute === undefined ? selector : `${selector}[${attribute}]`
    return pickLowestPrice(
      texts.map((text): Candidate => [text, source]),
      format,
    )
  }
}

/** Builds the drafts of the listings that a selector finds, each with its original values. */
export function readDrafts(
  $: CheerioAPI,
  selector: string,
  format: PriceFormat,
  buildDraft: (listing: Elements, readPrices: PriceReader) => Draft,
): Draft[] {
  const pricesIn = createPriceReader($, format)
  return $(selector)
    .toArray()
    .map((element) => ({
      ...buildDraft($(element), pricesIn),
      leaves: () => collectHtmlLeaves($(element)),
    }))
}

/**
 * Returns a price from JSON unchanged; if it contains markup, without the parts that are struck
 * through.
 */
export function readPriceText(value: unknown, format: PriceFormat): unknown {
  const plain = toPlainValue(value)
  if (typeof plain !== 'string' || !plain.includes('<') || plain.length > MAX_MARKUP_LENGTH)
    return value
  const $ = parseHtml(`<div>${plain}</div>`)
  return createPriceReader($, format)($('div').first(), '')[0]?.[0] ?? null
}

/**
 * Returns only the lowest plausible price; if none is plausible, the values that are not prices, so
 * that they count as unread.
 */
export function pickLowestPrice(prices: readonly Candidate[], format: PriceFormat): Candidate[] {
  const parse = ([value]: Candidate) => parsePriceCents(toPlainValue(value), format)
  const lowest = findLowestPlausible(prices.flatMap((price) => parse(price) ?? []))
  const first = prices.find((price) => lowest !== null && parse(price) === lowest)
  return first ? [first] : prices.filter((price) => parse(price) === null)
}

/** Splits class names into words: `oldPrice`, `old-price` and `old_price` are `old price`. */
const getClassWords = ({ attribs }: Tag): string =>
  (attribs['class'] ?? '')
    .slice(0, 500)
    .replaceAll(NO_PRICE_CLASS, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_:\s]+/g, ' ')

const isStruck = (tag: Tag, struck: Struck): boolean =>
  STRUCK_TAG.test(tag.name) || isStruckByStyle(tag, struck)

/** Whether the page itself hides an element, or a surrounding element within the listing. */
function isHidden(tag: Tag, root: Node | undefined): boolean {
  for (let node: Node | null = tag; node !== null && node !== root; node = node.parent)
    if (isTag(node) && ('hidden' in node.attribs || HIDDEN.test(node.attribs['style'] ?? '')))
      return true
  return false
}

/**
 * Whether an element or a surrounding one is struck through, or has the class of an old price
 * within the listing.
 */
function isOld(tag: Tag, root: Node | undefined, struck: Struck): boolean {
  let inside = true
  for (let node: Node | null = tag; node !== null; node = node.parent) {
    if (node === root) inside = false
    if (!isTag(node)) continue
    if (isStruck(node, struck) || (inside && OLD_CLASS.test(getClassWords(node)))) return true
  }
  return false
}

/**
 * Returns the texts of a price, without those that the adjacent text in the listing marks as
 * something else.
 */
function textsBeside(
  place: Tag,
  root: Node | undefined,
  struck: Struck,
  format: PriceFormat,
): string[] {
  const texts = collectPriceTexts(place, struck, format)
  const hasPrice = texts.some((text) => parsePriceCents(text, format) !== null)
  if (root === undefined || place === root || !hasPrice) return texts
  const [before, after] = [textBefore(place, root), textAfter(place, root)]
  return texts.filter((text) => !isOtherByContext(text, { before, after }, format))
}

/** Returns the text directly before an element in its listing. */
function textBefore(place: Tag, root: Node): string {
  for (const [text] of textsBetween(place, root, 'prev'))
    return PRAISE.test(text) ? '' : text.slice(-MAX_BESIDE_LENGTH)
  return ''
}

/**
 * Returns the text directly after an element in its listing, together with the text that follows,
 * if it is as short as `/mo`.
 */
function textAfter(place: Tag, root: Node): string {
  let after = ''
  for (const [text, isInline] of textsBetween(place, root, 'next')) {
    if (after === '' && /^[*†‡\d]$/.test(text)) continue
    if (after === '' && (!isInline || text.length > MAX_SUFFIX_LENGTH || ABOUT_SAVINGS.test(text)))
      return ''
    after += ` ${text}`
    if (after.length >= MAX_BESIDE_LENGTH) break
  }
  return after
}

/**
 * Generates the texts before or after an element in its listing, nearest first. `isInline` is
 * whether a text is in the parent of the element, directly or within a sibling.
 */
function* textsBetween(
  place: Tag,
  root: Node,
  side: 'prev' | 'next',
): Generator<[text: string, isInline: boolean]> {
  for (let node: Node = place; node !== root;) {
    for (let beside: Node | null = node[side]; beside !== null; beside = beside[side])
      for (const text of side === 'prev' ? textsIn(beside).reverse() : textsIn(beside))
        yield [text, node === place]
    if (node.parent === null) return
    node = node.parent
  }
}

/** Returns the texts in a node that are not blank. */
function textsIn(node: Node): string[] {
  if ('data' in node)
    return node.type === 'text' && node.data.trim() !== '' ? [node.data.trim()] : []
  if (!('children' in node) || (isTag(node) && NOT_SHOWN.test(node.name))) return []
  return node.children.flatMap((child) => textsIn(child))
}

/**
 * Returns the text of an element without the parts that are struck through; if several amounts are
 * in separate elements, each of these texts.
 */
function collectPriceTexts(place: Tag, struck: Struck, format: PriceFormat): string[] {
  const isPrice = (text: string) => parsePriceCents(text, format) !== null
  const parts: string[] = []
  collectTexts(place, struck, parts)
  const whole = parts.join('')
  if (isPrice(whole) || parts.length === 1) return [whole]
  const spaced = parts.join(' ')
  if (isPrice(spaced)) return [spaced]
  const prices = addLabels(parts, format).filter(isPrice)
  return prices.length > 0 ? prices : [spaced]
}

/**
 * Returns each text with an amount, after the texts since the previous amount, because they may
 * label it.
 */
function addLabels(parts: readonly string[], { sumAndRest }: PriceFormat): string[] {
  const texts: string[] = []
  let label = ''
  for (const [at, part] of parts.entries()) {
    const text = `${label} ${part}`
    const hasSum = /\d{3}/.test(part)
    if (hasSum) texts.push(`${text} ${(parts[at + 1] ?? '').replace(sumAndRest, '')}`)
    label = hasSum ? '' : text
  }
  return texts
}

function collectTexts(node: Node, struck: Struck, parts: string[]): void {
  if ('data' in node && node.type === 'text') parts.push(node.data)
  if (!('children' in node)) return
  for (const child of node.children) {
    const isLeftOut =
      isTag(child) &&
      (isStruck(child, struck) ||
        OLD_CLASS.test(getClassWords(child)) ||
        isOtherSum(getClassWords(child)))
    if (!isLeftOut) collectTexts(child, struck, parts)
  }
}
