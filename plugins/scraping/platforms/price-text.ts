import type { CheerioAPI } from 'cheerio'
import { isOtherByContext, isOtherSum, lowestPlausible } from '../domain/sale-price.ts'
import type { Draft, Candidate } from '../domain/listing-draft.ts'
import { centsOf } from '../domain/listing-values.ts'
import { plainOf } from '../domain/plain-value.ts'
import { type Elements, elementsOf, isTag, leavesIn, type Node, nodesOf, type Tag } from './html-page.ts'
import { isStruckByStyle, type Struck, struckByStyles } from './struck-styles.ts'

const LONGEST_MARKUP = 2_000
const NOT_SHOWN = /^(?:script|style|template|noscript)$/i
const STRUCK_TAG = /^(?:s|del|strike)$/i
/** Classes that only old prices have: anything inside them is one. */
const OLD_CLASS = new RegExp(
  String.raw`(?:^| )(?:old|was|msrp|srp|strike\w*|struck|slashed|crossed(?: ?out)?|line ?through|` +
    String.raw`(?:old|was|msrp)price|(?:orig(?:inal)?|prev(?:ious)?|former|prior|before|compare(?: at)?) ?price)(?= |$)`,
  'i',
)
const HIDDEN = /display\s*:\s*none/i
/** How much of the text beside a price may label it, and the longest text behind it that does. */
const LONGEST_BESIDE = 60
const LONGEST_SUFFIX = 25
/** What is written before a price to praise it. */
const PRAISE = /^\W*(?:(?:great|big|huge|more|extra|special) savings|(?:recent )?price (?:drop|cut)|reduced)\W*$/i
/** What is written behind a price about something else. */
const ABOUT_SAVINGS = /^(?:savings?|discounts?|rebates?|fees?|deposit|down)\s+[a-z]{4,}(?<!payment)$/i
/** Classes of forms and the like, that look so. */
const NO_PRICE_CLASS = /\bwas-(?:validated|loaded|visited)\b/gi

/** Reads a price from an element of a listing: the text that a selector finds there, or an attribute of it. */
export type PriceReader = (listing: Elements, selector: string, attribute?: string) => Candidate[]

/**
 * Reads the prices of a page. What is struck through (`<s>`, `<del>`, `<strike>`, `line-through` in a style attribute or a `<style>` of the
 * page) or has the class or the label of an old price, a saving or a payment is none, nor is anything inside it. What is hidden counts
 * where nothing else is there. Where several are left, the lowest plausible one is the sale price.
 */
export function pricesOn($: CheerioAPI): PriceReader {
  const struck = struckByStyles($)
  return (listing, selector, attribute) => {
    const places = nodesOf(selector === '' ? listing : listing.find(selector)).filter(isTag)
    const [root] = nodesOf(listing)
    const shown = places.filter((place) => !isHidden(place, root))
    const texts = (shown.some((place) => centsOf($(place).text()) !== null) ? shown : places)
      .filter((place) => !isOld(place, root, struck) && (place === root || !isOtherSum(classOf(place))))
      .flatMap((place) => (attribute === undefined ? textsBeside(place, root, struck) : (place.attribs[attribute] ?? [])))
    const source = attribute === undefined ? selector : `${selector}[${attribute}]`
    return lowestFirst(texts.map((text): Candidate => [text, source]))
  }
}

/** The listings of a page that a selector finds, as `draftOf` reads them, each with the pieces that it came in. */
export function draftsAt($: CheerioAPI, selector: string, draftOf: (listing: Elements, pricesIn: PriceReader) => Draft): Draft[] {
  const pricesIn = pricesOn($)
  return $(selector)
    .toArray()
    .map((element) => ({ ...draftOf($(element), pricesIn), leaves: () => leavesIn($(element)) }))
}

/** A price of JSON as it is; in one that is markup, what is struck through is left out. */
export function priceText(value: unknown): unknown {
  const plain = plainOf(value)
  if (typeof plain !== 'string' || !plain.includes('<') || plain.length > LONGEST_MARKUP) return value
  const $ = elementsOf(`<div>${plain}</div>`)
  return pricesOn($)($('div').first(), '')[0]?.[0] ?? null
}

/** The lowest plausible of these prices alone; where none is plausible, the values that are not prices, so that they count as unread. */
export function lowestFirst(prices: readonly Candidate[]): Candidate[] {
  const lowest = lowestPlausible(prices.flatMap(([value]) => centsOf(plainOf(value)) ?? []))
  const first = prices.find(([value]) => lowest !== null && centsOf(plainOf(value)) === lowest)
  return first ? [first] : prices.filter(([value]) => centsOf(plainOf(value)) === null)
}

/** Class names as words: `old price` of `oldPrice`, `old-price` and `old_price`. */
const classOf = ({ attribs }: Tag): string =>
  (attribs['class'] ?? '')
    .slice(0, 500)
    .replaceAll(NO_PRICE_CLASS, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_:\s]+/g, ' ')

const isStruck = (tag: Tag, struck: Struck): boolean => STRUCK_TAG.test(tag.name) || isStruckByStyle(tag, struck)

/** Whether the page itself hides an element, or one around it inside the listing. */
function isHidden(tag: Tag, root: Node | undefined): boolean {
  for (let node: Node | null = tag; node !== null && node !== root; node = node.parent)
    if (isTag(node) && ('hidden' in node.attribs || HIDDEN.test(node.attribs['style'] ?? ''))) return true
  return false
}

/** Whether an element, or one around it, is struck through, or an old price by its class inside the listing. */
function isOld(tag: Tag, root: Node | undefined, struck: Struck): boolean {
  let inside = true
  for (let node: Node | null = tag; node !== null; node = node.parent) {
    if (node === root) inside = false
    if (!isTag(node)) continue
    if (isStruck(node, struck) || (inside && OLD_CLASS.test(classOf(node)))) return true
  }
  return false
}

/** The texts of a price, unless what is written beside it in its listing marks it as something else. */
function textsBeside(place: Tag, root: Node | undefined, struck: Struck): string[] {
  const texts = textsOf(place, struck)
  if (root === undefined || place === root || !texts.some((text) => centsOf(text) !== null)) return texts
  const [before, after] = [textBefore(place, root), textAfter(place, root)]
  return texts.filter((text) => !isOtherByContext(text, { before, after }))
}

/** The text that stands right before an element in its listing. */
function textBefore(place: Tag, root: Node): string {
  for (const [text] of textsBetween(place, root, 'prev')) return PRAISE.test(text) ? '' : text.slice(-LONGEST_BESIDE)
  return ''
}

/** The text that stands right behind an element in its listing, with what follows it, where it is as short as `/mo`. */
function textAfter(place: Tag, root: Node): string {
  let after = ''
  for (const [text, isInline] of textsBetween(place, root, 'next')) {
    if (after === '' && /^[*†‡\d]$/.test(text)) continue
    if (after === '' && (!isInline || text.length > LONGEST_SUFFIX || ABOUT_SAVINGS.test(text))) return ''
    after += ` ${text}`
    if (after.length >= LONGEST_BESIDE) break
  }
  return after
}

/**
 * The texts before or behind an element in its listing, the nearest first; whether they stand in the same element as it, at most in one of
 * their own, and not in a row or a column of their own.
 */
function* textsBetween(place: Tag, root: Node, side: 'prev' | 'next'): Generator<[text: string, isInline: boolean]> {
  for (let node: Node = place; node !== root;) {
    for (let beside: Node | null = node[side]; beside !== null; beside = beside[side])
      for (const text of side === 'prev' ? textsIn(beside).reverse() : textsIn(beside)) yield [text, node === place]
    if (node.parent === null) return
    node = node.parent
  }
}

/** The texts in a node that are not blank. */
function textsIn(node: Node): string[] {
  if ('data' in node) return node.type === 'text' && node.data.trim() !== '' ? [node.data.trim()] : []
  if (!('children' in node) || (isTag(node) && NOT_SHOWN.test(node.name))) return []
  return node.children.flatMap((child) => textsIn(child))
}

/** The text of an element without what is struck through in it; where several sums stand in elements of their own, each of these texts. */
function textsOf(place: Tag, struck: Struck): string[] {
  const parts: string[] = []
  collect(place, struck, parts)
  const whole = parts.join('')
  if (centsOf(whole) !== null || parts.length === 1) return [whole]
  const spaced = parts.join(' ')
  if (centsOf(spaced) !== null) return [spaced]
  const prices = labelled(parts).filter((text) => centsOf(text) !== null)
  return prices.length > 0 ? prices : [spaced]
}

/** Each text with a sum in it, behind the texts since the one before: they may label it. */
function labelled(parts: readonly string[]): string[] {
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

function collect(node: Node, struck: Struck, parts: string[]): void {
  if ('data' in node && node.type === 'text') parts.push(node.data)
  if (!('children' in node)) return
  for (const child of node.children) {
    const isLeftOut = isTag(child) && (isStruck(child, struck) || OLD_CLASS.test(classOf(child)) || isOtherSum(classOf(child)))
    if (!isLeftOut) collect(child, struck, parts)
  }
}
