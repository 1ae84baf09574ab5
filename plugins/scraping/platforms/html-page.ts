import { type CheerioAPI, load } from 'cheerio'
import type { Candidate } from '../domain/listing-draft.ts'
import { parseListingUrl } from '../domain/listing-values.ts'
import { type Leaf, MAX_LEAVES, withLabels } from '../domain/find-identities.ts'
import { computeHtmlDepth } from '../domain/html-depth.ts'

/** What a selector finds. */
export type Elements = ReturnType<CheerioAPI>
type Root = ReturnType<CheerioAPI['root']>[number]
/** What a page is made of: its root, elements, texts and the like. */
export type Node = Root | Root['children'][number]
export type Tag = Extract<Node, { attribs: unknown }>

export const isTag = (node: Node): node is Tag => 'attribs' in node

/** The nodes of what was found. */
export const toNodes = (elements: Elements): Node[] => elements.toArray()

/** No page that people look at is nested as deep; a browser cuts it. */
export const MAX_HTML_DEPTH = 2_000

/**
 * A page's elements. Throws a RangeError for a page that is nested so deep that reading it would
 * take all the time there is.
 */
export function parseHtml(body: string): CheerioAPI {
  if (computeHtmlDepth(body) > MAX_HTML_DEPTH)
    throw new RangeError(`its elements are nested more than ${MAX_HTML_DEPTH} deep`)
  return load(body, { xml: { xmlMode: false, decodeEntities: true } })
}

/** What the addresses of a page are relative to: its own, or what its `<base>` says. */
export function getBaseUrl($: CheerioAPI, pageUrl: string): string {
  return parseListingUrl($('base[href]').first().attr('href'), pageUrl) ?? pageUrl
}

/**
 * Whether a page begins as a whole document and does not end as one, or ends inside of a tag: what
 * is missing may be cars, and the link to the next page.
 */
export const isCutOff = (body: string): boolean =>
  (/<(?:html|body)\b/i.test(body) && !/<\/(?:html|body)\s*>/i.test(body)) ||
  /<\/?[a-z][\w-]*(?:\s[^<>]*)?$/i.test(body.slice(-2_000).trimEnd())

/**
 * The text of the first that a selector finds inside an element, with the selector as its source;
 * nothing where it finds none.
 */
export function readText(element: Elements, selector: string): Candidate[] {
  const found = element.find(selector).first()
  return found.length === 0 ? [] : [[found.text(), selector]]
}

/**
 * An attribute of the first that a selector finds inside an element, `''` for the element itself.
 */
export function readAttribute(element: Elements, selector: string, attribute: string): Candidate[] {
  const value = (selector === '' ? element : element.find(selector)).first().attr(attribute)
  return value === undefined ? [] : [[value, `${selector}[${attribute}]`]]
}

/**
 * Attributes that name no car; an `id` is what scripts and styles of the page know an element by.
 */
const NO_NAMES = ['class', 'style', 'id']

/** The pieces of an element: the attributes of it and of what is in it, and its texts. */
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
