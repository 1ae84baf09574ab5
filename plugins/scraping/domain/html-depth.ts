/** Elements without content, which are never open. */
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
 * Computes the maximum nesting depth of a page; an unclosed element counts as open to the end.
 * Takes one pass, so that a page can be refused before a parser spends minutes on it: parsing time
 * grows with the square of the depth.
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
