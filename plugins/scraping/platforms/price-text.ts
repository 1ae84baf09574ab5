import type { CheerioAPI } from 'cheerio'
import postcss, { CssSyntaxError } from 'postcss'
import { isOtherSum, lowestPlausible } from '../domain/sale-price.ts'
import type { Draft, Candidate } from '../domain/listing-draft.ts'
import { centsOf } from '../domain/listing-values.ts'
import { plainOf } from '../domain/plain-value.ts'
import { type Elements, elementsOf, isTag, leavesIn, type Node, nodesOf, type Tag } from './html-page.ts'

/** How long the styles of a page and a price of JSON may be, and how many rules of the styles are looked at. */
const LONGEST_STYLES = 500_000
const LONGEST_MARKUP = 2_000
const MOST_RULES = 100
/** How often broken styles are cut at their first error and parsed again: each nested block that is not closed is an error. */
const MOST_REPAIRS = 20
const STRUCK_TAG = /^(?:s|del|strike)$/i
const STRUCK = /line-through/i
const DECORATED = /text-decoration(?:-line)?\s*:\s*([^;]*)/i
/** Classes that only old prices have: anything inside them is one. */
const OLD_CLASS =
  /(?:^| )(?:old|was|msrp|srp|strike\w*|struck|crossed(?: out)?|line through|(?:original|previous|former|prior) price)(?= |$)/i
/** Classes of forms and the like, that look so. */
const NO_PRICE_CLASS = /\bwas-(?:validated|loaded|visited)\b/gi

/** Reads a price from an element of a listing: the text that a selector finds there, or an attribute of it. */
export type PriceReader = (listing: Elements, selector: string, attribute?: string) => Candidate[]

/**
 * Reads the prices of a page. What is struck through (`<s>`, `<del>`, `<strike>`, `line-through` in a style attribute or a `<style>` of the
 * page) or has the class of an old price, a saving or a payment is none, nor is anything inside it. Where several are left, the lowest
 * plausible one is the sale price.
 */
export function pricesOn($: CheerioAPI): PriceReader {
  const struck = struckByStyles($)
  return (listing, selector, attribute) => {
    const places = nodesOf(selector === '' ? listing : listing.find(selector)).filter(isTag)
    const [root] = nodesOf(listing)
    const texts = places
      .filter((place) => !isOld(place, root, struck) && (place === root || !isOtherSum(classOf(place))))
      .flatMap((place) => (attribute === undefined ? textsOf(place, struck) : (place.attribs[attribute] ?? [])))
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
    .replaceAll(/[-_\s]+/g, ' ')

function isStruck(tag: Tag, struck: ReadonlySet<Node>): boolean {
  const own = DECORATED.exec(tag.attribs['style'] ?? '')?.[1]
  return STRUCK_TAG.test(tag.name) || (own === undefined ? struck.has(tag) : STRUCK.test(own))
}

/** Whether an element, or one around it, is struck through, or an old price by its class inside the listing. */
function isOld(tag: Tag, root: Node | undefined, struck: ReadonlySet<Node>): boolean {
  let inside = true
  for (let node: Node | null = tag; node !== null; node = node.parent) {
    if (node === root) inside = false
    if (!isTag(node)) continue
    if (isStruck(node, struck) || (inside && OLD_CLASS.test(classOf(node)))) return true
  }
  return false
}

/** The text of an element without what is struck through in it; where several sums stand in elements of their own, each of these texts. */
function textsOf(place: Tag, struck: ReadonlySet<Node>): string[] {
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

function collect(node: Node, struck: ReadonlySet<Node>, parts: string[]): void {
  if ('data' in node && node.type === 'text') parts.push(node.data)
  if (!('children' in node)) return
  for (const child of node.children) {
    const isLeftOut = isTag(child) && (isStruck(child, struck) || OLD_CLASS.test(classOf(child)) || isOtherSum(classOf(child)))
    if (!isLeftOut) collect(child, struck, parts)
  }
}

/** What the styles of the page itself strike through. Styles that stand in files of their own are not read. */
function struckByStyles($: CheerioAPI): ReadonlySet<Node> {
  const styles = $('style')
    .toArray()
    .map((style) => $(style).text())
    .filter((text) => STRUCK.test(text) && text.length <= LONGEST_STYLES)
  const selectors = styles.flatMap((css) => struckSelectors(css)).slice(0, MOST_RULES)
  return new Set(selectors.flatMap((selector) => found($, selector)))
}

/** Of styles that break off or break in the middle, what stands before that. */
function struckSelectors(css: string, repairs = MOST_REPAIRS): string[] {
  const selectors: string[] = []
  try {
    postcss.parse(css).walkDecls(/^text-decoration(?:-line)?$/i, ({ value, parent }) => {
      if (STRUCK.test(value) && parent?.type === 'rule') selectors.push(parent.selector)
    })
  } catch (error) {
    const lines = css.split('\n')
    if (!(error instanceof CssSyntaxError) || error.line === undefined) return []
    const before = [...lines.slice(0, error.line - 1), (lines[error.line - 1] ?? '').slice(0, (error.column ?? 1) - 1)].join('\n')
    return repairs > 0 && before.length < css.length ? struckSelectors(before, repairs - 1) : []
  }
  return selectors
}

function found($: CheerioAPI, selector: string): Node[] {
  try {
    return nodesOf($(selector))
  } catch {
    return []
  }
}
