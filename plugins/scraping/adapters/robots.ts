import robotsParser, { type Robot } from 'robots-parser'
import type { Answer } from '../../../src/egress/egress.ts'
import type { OriginBook } from '../domain/fetching.ts'
import { ScrapeFailure } from '../domain/scrape-failure.ts'

/** The name that a robots.txt has a group for us by. */
export const ROBOT = 'Forecourt'
/** As much of a robots.txt as is read (RFC 9309, 2.5). */
const MOST = 512_000

/** What an origin's robots.txt asks for: whether a page may be read, and the milliseconds between two requests where it says them. */
export type Manners = { mayRead: (url: URL) => boolean; crawlDelay: number | null }

/** Reads an origin's robots.txt. */
export type FetchRobots = (url: URL) => Promise<Answer>

/**
 * The manners of an origin, read once a day: where there is no robots.txt (4xx) everything may be read, where it can't be said (5xx)
 * nothing. Throws what the fetching throws.
 */
export async function mannersOf(book: OriginBook, { origin }: URL, fetch: FetchRobots): Promise<Manners> {
  const url = new URL('/robots.txt', origin)
  const stored = (await book.robots(origin)) ?? (await read(book, url, fetch))
  if (stored.status >= 500) return { mayRead: () => false, crawlDelay: null }
  const robots: Robot = robotsParser(url.href, stored.text)
  return { mayRead: (page) => robots.isAllowed(page.href, ROBOT) ?? true, crawlDelay: delayIn(robots) }
}

/** The milliseconds between two requests that the robots.txt of an answer asks for: they begin with this answer. */
export const crawlDelayIn = (url: URL, answer: Answer): number | null => delayIn(robotsParser(url.href, textOf(answer)))

function delayIn(robots: Robot): number | null {
  const seconds = robots.getCrawlDelay(ROBOT)
  return seconds !== undefined && seconds > 0 ? seconds * 1000 : null
}

const textOf = ({ status, body }: Answer) => (status < 300 ? body.subarray(0, MOST).toString('utf8') : '')

async function read(book: OriginBook, url: URL, fetch: FetchRobots) {
  const answer = await fetch(url)
  const robots = { status: answer.status, text: textOf(answer) }
  await book.keepRobots(url.origin, robots)
  return robots
}

/** The page is one that programs are asked not to read. */
export const forbidden = (url: URL) =>
  new ScrapeFailure('robots', `${url.origin}/robots.txt asks programs not to read ${url.pathname}, or could not be read itself.`)
