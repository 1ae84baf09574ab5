import { ScrapeFailure } from './scrape-failure.ts'

/** Elements whose end may be left out, and those that have none. */
const END_LEFT_OUT = 'p li dt dd tr td th thead tbody tfoot option optgroup colgroup html head body'
const WITHOUT_END = 'area base br col embed hr img input link meta param source track wbr'
const MAY_STAY_OPEN = new Set(`${END_LEFT_OUT} ${WITHOUT_END}`.split(' '))
/**
 * A part of a page that is not text, and a part of its elements that are not closed, or closed and
 * never open, that no page has.
 */
const [MOST_UNREADABLE, MOST_UNMATCHED] = [0.01, 0.2]
const LEAST_UNMATCHED = 5

/**
 * Whether a page that shows no cars is garbage: bytes that are no text, or elements that do not
 * belong together. A browser makes a tidy page of it, and so does what reads elements.
 */
export function looksGarbled(body: string): boolean {
  const text = body.slice(0, 500_000)
  const unreadable = [...text.matchAll(/[\uFFFD\0-\x08\x0E-\x1F\x7F-\x9F]/g)].length
  if (unreadable > Math.max(LEAST_UNMATCHED, text.length * MOST_UNREADABLE)) return true
  const { tags, unmatched } = countTags(text)
  return unmatched >= LEAST_UNMATCHED && unmatched > tags * MOST_UNMATCHED
}

/**
 * A text without its comments, scripts, styles and the like; one that is not closed goes on to the
 * end. Each character is read once.
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

/** Why a page that looks so could not be read. */
export const garbled = (url: string) =>
  new ScrapeFailure('parse', `${new URL(url).pathname} could not be read: its content is garbled.`)
