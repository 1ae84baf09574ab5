import { type CheerioAPI, load } from 'cheerio'
import type { Candidate } from '../domain/listing-draft.ts'
import { parseListingUrl } from '../domain/listing-values.ts'
import { type Leaf, MAX_LEAVES, withLabels } from '../domain/find-identities.ts'
import { computeHtmlDepth } from '../domain/html-depth.ts'

/** The elements that a selector matches. */
export type Elements = ReturnType<CheerioAPI>
type Root = ReturnType<CheerioAPI['root']>[number]
/** A node of a page: its root, an element, a text, and so on. */
export type Node = Root | Root['children'][number]
export type Tag = Extract<Node, { attribs: unknown }>

export const isTag = (node: Node): node is Tag => 'attribs' in node

/** Returns the matched elements as nodes. */
export const toNodes = (elements: Elements): Node[] => elements.toArray()

/**
 * The maximum nesting depth of a page. Pages for people are never as deep, and browsers limit the
 * depth.
 */
export const MAX_HTML_DEPTH = 2_000

/**
 * Parses HTML. Throws a RangeError if the page is nested too deeply, because parsing would take
 * very long.
 */
export function parseHtml(body: string): CheerioAPI {
  if (computeHtmlDepth(body) > MAX_HTML_DEPTH)
    throw new RangeError(`its elements are nested more than ${MAX_HTML_DEPTH} deep`)
  return load(body, { xml: { xmlMode: false, decodeEntities: true } })
}

/** Returns the URL that the URLs of a page are relative to: its `<base>`, or its own. */
export function getBaseUrl($: CheerioAPI, pageUrl: string): string {
  return parseListingUrl($('base[href]').first().attr('href'), pageUrl) ?? pageUrl
}

/**
 * Whether a page starts as a whole document but does not end as one, or ends inside a tag. The
 * missing part may contain cars and the link to the next page.
 */
export const isCutOff = (body: string): boolean =>
  (/<(?:html|body)\b/i.test(body) && !/<\/(?:html|body)\s*>/i.test(body)) ||
  /<\/?[a-z][\w-]*(?:\s[^<>]*)?$/i.test(body.slice(-2_000).trimEnd())

/**
 * Returns the text of the first match of a selector in an element, with the selector as its source;
 * empty if nothing matches.
 */
export function readText(element: Elements, selector: string): Candidate[] {
  const found = element.find(selector).first()
  return found.length === 0 ? [] : [[found.text(), selector]]
}

/**
 * Returns an attribute of the first match of a selector in an element; `''` is the element itself.
 */
export function readAttribute(element: Elements, selector: string, attribute: string): Candidate[] {
  const value = (selector === '' ? element : element.find(selector)).first().attr(attribute)
  return value === undefined ? [] : [[value, `${selector}[${attribute}]`]]
}

/** Attributes that do not identify a car; an `id` is for the scripts and styles of the page. */
const NO_NAMES = ['class', 'style', 'id']

/**
 * Collects the values of an element: the attributes and texts of the element and its descendants.
 */
export function collectHtmlLeaves(element: Elements): Leaf[] {
  const own = toNodes(element.add(element.find('*')))
    .filter(isTag)
    .slice(0, MAX_LEAVES)
  const leaves = own.flatMap((node): Leaf[] => {
    const texts = node.children.flatMap((child): Leaf[] =>
      'data' in child && child.type === 'text' ? [['text', child.data]] : [],
    )
    return [...Object.entries(node.attribs).filter(([name]) => !NO_NAMES.includes(name)), ...texts]
  })
  const written = leaves.filter(([, value]) => value.trim() !== '')
  return withLabels(written).slice(0, MAX_LEAVES)
}
