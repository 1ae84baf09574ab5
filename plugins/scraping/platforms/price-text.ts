import type { CheerioAPI } from 'cheerio'
import { anyOf } from '../../../src/domain/any-of.ts'
import { isOtherByContext, isOtherSum, findLowestPlausible } from '../domain/sale-price.ts'
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
import { isStruckByStyle, type Struck, struckByStyles } from './struck-styles.ts'

const MAX_MARKUP_LENGTH = 2_000
const NOT_SHOWN = /^(?:script|style|template|noscript)$/i
const STRUCK_TAG = /^(?:s|del|strike)$/i
/** Classes that only old prices have: anything inside them is one. */
const OLD_CLASSES = anyOf([
  String.raw`old|was|msrp|srp|strike\w*|struck|slashed|crossed(?: ?out)?|line ?through`,
  '(?:old|was|msrp)price',
  '(?:orig(?:inal)?|prev(?:ious)?|former|prior|before|compare(?: at)?) ?price',
])
const OLD_CLASS = new RegExp(`(?:^| )${OLD_CLASSES}(?= |$)`, 'i')
const HIDDEN = /display\s*:\s*none/i
/** How much of the text beside a price may label it, and the longest text behind it that does. */
const LONGEST_BESIDE = 60
const LONGEST_SUFFIX = 25
/** What is written before a price to praise it. */
const PRAISES = anyOf([
  '(?:great|big|huge|more|extra|special) savings',
  '(?:recent )?price (?:drop|cut)',
  'reduced',
])
const PRAISE = new RegExp(String.raw`^\W*${PRAISES}\W*$`, 'i')
/** What is written behind a price about something else. */
const ABOUT_SAVINGS =
  /^(?:savings?|discounts?|rebates?|fees?|deposit|down)\s+[a-z]{4,}(?<!payment)$/i
/** Classes of forms and the like, that look so. */
const NO_PRICE_CLASS = /\bwas-(?:validated|loaded|visited)\b/gi

/**
 * Reads a price from an element of a listing: the text that a selector finds there, or an attribute
 * of it.
 */
export type PriceReader = (listing: Elements, selector: string, attribute?: string) => Candidate[]

/**
 * Reads the prices of a page. What is struck through (`<s>`, `<del>`, `<strike>`, `line-through` in
 * a style attribute or a `<style>` of the page) or has the class or the label of an old price, a
 * saving or a payment is none, nor is anything inside it. What is hidden counts where nothing else
 * is there. Where several are left, the lowest plausible one is the sale price.
 */
export function createPriceReader($: CheerioAPI): PriceReader {
  const struck = struckByStyles($)
  return (listing, selector, attribute) => {
    const places = toNodes(selector === '' ? listing : listing.find(selector)).filter(isTag)
    const [root] = toNodes(listing)
    const shown = places.filter((place) => !isHidden(place, root))
    const texts = (
      shown.some((place) => parsePriceCents($(place).text()) !== null) ? shown : places
    )
      .filter(
        (place) =>
          !isOld(place, root, struck) && (place === root || !isOtherSum(getClassWords(place))),
      )
      .flatMap((place) =>
        attribute === undefined
          ? textsBeside(place, root, struck)
          : (place.attribs[attribute] ?? []),
      )
    const source = attribute === undefined ? selector : `${selector}[${attribute}]`
    return pickLowestPrice(texts.map((text): Candidate => [text, source]))
  }
}

/**
 * The listings of a page that a selector finds, as `draftOf` reads them, each with the pieces that
 * it came in.
 */
export function readDrafts(
  $: CheerioAPI,
  selector: string,
  buildDraft: (listing: Elements, readPrices: PriceReader) => Draft,
): Draft[] {
  const pricesIn = createPriceReader($)
  return $(selector)
    .toArray()
    .map((element) => ({
      ...buildDraft($(element), pricesIn),
      leaves: () => collectHtmlLeaves($(element)),
    }))
}

/** A price of JSON as it is; in one that is markup, what is struck through is left out. */
export function readPriceText(value: unknown): unknown {
  const plain = toPlainValue(value)
  if (typeof plain !== 'string' || !plain.includes('<') || plain.length > MAX_MARKUP_LENGTH)
    return value
  const $ = parseHtml(`<div>${plain}</div>`)
  return createPriceReader($)($('div').first(), '')[0]?.[0] ?? null
}

/**
 * The lowest plausible of these prices alone; where none is plausible, the values that are not
 * prices, so that they count as unread.
 */
export function pickLowestPrice(prices: readonly Candidate[]): Candidate[] {
  const lowest = findLowestPlausible(
    prices.flatMap(([value]) => parsePriceCents(toPlainValue(value)) ?? []),
  )
  const first = prices.find(
    ([value]) => lowest !== null && parsePriceCents(toPlainValue(value)) === lowest,
  )
  return first ? [first] : prices.filter(([value]) => parsePriceCents(toPlainValue(value)) === null)
}

/** Class names as words: `old price` of `oldPrice`, `old-price` and `old_price`. */
const getClassWords = ({ attribs }: Tag): string =>
  (attribs['class'] ?? '')
    .slice(0, 500)
    .replaceAll(NO_PRICE_CLASS, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_:\s]+/g, ' ')

const isStruck = (tag: Tag, struck: Struck): boolean =>
  STRUCK_TAG.test(tag.name) || isStruckByStyle(tag, struck)

/** Whether the page itself hides an element, or one around it inside the listing. */
function isHidden(tag: Tag, root: Node | undefined): boolean {
  for (let node: Node | null = tag; node !== null && node !== root; node = node.parent)
    if (isTag(node) && ('hidden' in node.attribs || HIDDEN.test(node.attribs['style'] ?? '')))
      return true
  return false
}

/**
 * Whether an element, or one around it, is struck through, or an old price by its class inside the
 * listing.
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
 * The texts of a price, unless what is written beside it in its listing marks it as something else.
 */
function textsBeside(place: Tag, root: Node | undefined, struck: Struck): string[] {
  const texts = collectPriceTexts(place, struck)
  if (root === undefined || place === root || !texts.some((text) => parsePriceCents(text) !== null))
    return texts
  const [before, after] = [textBefore(place, root), textAfter(place, root)]
  return texts.filter((text) => !isOtherByContext(text, { before, after }))
}

/** The text that stands right before an element in its listing. */
function textBefore(place: Tag, root: Node): string {
  for (const [text] of textsBetween(place, root, 'prev'))
    return PRAISE.test(text) ? '' : text.slice(-LONGEST_BESIDE)
  return ''
}

/**
 * The text that stands right behind an element in its listing, with what follows it, where it is as
 * short as `/mo`.
 */
function textAfter(place: Tag, root: Node): string {
  let after = ''
  for (const [text, isInline] of textsBetween(place, root, 'next')) {
    if (after === '' && /^[*†‡\d]$/.test(text)) continue
    if (after === '' && (!isInline || text.length > LONGEST_SUFFIX || ABOUT_SAVINGS.test(text)))
      return ''
    after += ` ${text}`
    if (after.length >= LONGEST_BESIDE) break
  }
  return after
}

/**
 * The texts before or behind an element in its listing, the nearest first; whether they stand in
 * the same element as it, at most in one of their own, and not in a row or a column of their own.
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

/** The texts in a node that are not blank. */
function textsIn(node: Node): string[] {
  if ('data' in node)
    return node.type === 'text' && node.data.trim() !== '' ? [node.data.trim()] : []
  if (!('children' in node) || (isTag(node) && NOT_SHOWN.test(node.name))) return []
  return node.children.flatMap((child) => textsIn(child))
}

/**
 * The text of an element without what is struck through in it; where several sums stand in elements
 * of their own, each of these texts.
 */
function collectPriceTexts(place: Tag, struck: Struck): string[] {
  const parts: string[] = []
  collectTexts(place, struck, parts)
  const whole = parts.join('')
  if (parsePriceCents(whole) !== null || parts.length === 1) return [whole]
  const spaced = parts.join(' ')
  if (parsePriceCents(spaced) !== null) return [spaced]
  const prices = addLabels(parts).filter((text) => parsePriceCents(text) !== null)
  return prices.length > 0 ? prices : [spaced]
}

/** Each text with a sum in it, behind the texts since the one before: they may label it. */
function addLabels(parts: readonly string[]): string[] {
  const texts: string[] = []
  let label = ''
  for (const [at, part] of parts.entries()) {
    const text = `${label} ${part}`
    const hasSum = /\d{3}/.test(part)
    if (hasSum) texts.push(`${text} ${(parts[at + 1] ?? '').replace(/[\s$]*\d.*$/s, '')}`)
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
