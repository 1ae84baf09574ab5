/** Elements that hold nothing and so are never open. */
const VOID_ELEMENTS = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'param',
  'source',
  'track',
  'wbr',
])

/**
 * How deep the elements of a page are nested, at most: an element that is never closed counts as
 * open to the end. In one pass, so that a page can be refused before what reads it spends minutes
 * on it: the time to read elements grows with the square of their depth.
 */
export function computeHtmlDepth(html: string): number {
  const open = new Map<string, number>()
  let depth = 0
  let deepest = 0
  for (const [, slash, written = ''] of html.matchAll(/<(\/?)([a-z][^\s/>]{0,40})/gi)) {
    const name = written.toLowerCase()
    const count = open.get(name) ?? 0
    if (VOID_ELEMENTS.has(name) || (slash && count === 0)) continue
    depth += slash ? -1 : 1
    open.set(name, count + (slash ? -1 : 1))
    deepest = Math.max(deepest, depth)
  }
  return deepest
}
