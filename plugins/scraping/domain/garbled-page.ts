import { ScrapeFailure } from './scrape-failure.ts'

/** The elements with an optional end tag, and those without one. */
const END_LEFT_OUT = 'p li dt dd tr td th thead tbody tfoot option optgroup colgroup html head body'
const WITHOUT_END = 'area base br col embed hr img input link meta param source track wbr'
const MAY_STAY_OPEN = new Set(`${END_LEFT_OUT} ${WITHOUT_END}`.split(' '))
/**
 * The share of unreadable characters, and of unmatched tags, above which a page is garbled. No
 * valid page has as many.
 */
const [MAX_UNREADABLE, MAX_UNMATCHED] = [0.01, 0.2]
const MIN_UNMATCHED = 5

/**
 * Whether a page without cars is garbled: it contains binary data, or its tags do not match.
 * Browsers and HTML parsers turn such a page into a valid one.
 */
export function isGarbled(body: string): boolean {
  const text = body.slice(0, 500_000)
  const unreadable = [...text.matchAll(/[\uFFFD\0-\x08\x0E-\x1F\x7F-\x9F]/g)].length
  if (unreadable > Math.max(MIN_UNMATCHED, text.length * MAX_UNREADABLE)) return true
  const { tags, unmatched } = countTags(text)
  return unmatched >= MIN_UNMATCHED && unmatched > tags * MAX_UNMATCHED
}

/**
 * Removes comments, scripts, styles and similar elements from a text; an unclosed one extends to
 * the end. Reads each character once.
 */
function withoutScripts(text: string): string {
  const parts: string[] = []
  const starts = /<!--|<(script|style|template|svg)\b/gi
  let from = 0
  for (let start = starts.exec(text); start !== null; start = starts.exec(text)) {
    parts.push(text.slice(from, start.index))
    const end = start[1] === undefined ? /-->/g : new RegExp(`</${start[1]}\\b[^<>]{0,20}>?`, 'gi')
    end.lastIndex = starts.lastIndex
    if (!end.test(text)) return parts.join(' ')
    from = starts.lastIndex = end.lastIndex
  }
  return [...parts, text.slice(from)].join(' ')
}

function countTags(text: string): { tags: number; unmatched: number } {
  const open = new Map<string, number>()
  let [tags, unmatched] = [0, 0]
  const markup = withoutScripts(text)
  for (const [whole, slash, written = ''] of markup.matchAll(
    /<(\/?)([a-z][^\s/>]{0,40})[^<>]{0,2000}>?/gi,
  )) {
    const name = written.toLowerCase()
    if (MAY_STAY_OPEN.has(name) || whole.endsWith('/>')) continue
    tags++
    const count = open.get(name) ?? 0
    if (slash && count === 0) unmatched++
    else open.set(name, count + (slash ? -1 : 1))
  }
  return { tags, unmatched: unmatched + [...open.values()].reduce((all, count) => all + count, 0) }
}

/** Creates the failure of a garbled page. */
export const createGarbledPageFailure = (url: string) =>
  new ScrapeFailure('parse', `${new URL(url).pathname} could not be read: its content is garbled.`)
