import robotsParser, { type Robot } from 'robots-parser'
import type { EgressResponse } from '../../../src/egress/egress.ts'
import type { RobotsStore } from '../domain/fetching.ts'
import { ScrapeFailure } from '../domain/scrape-failure.ts'

/** The user agent for which a robots.txt can have a group. */
export const ROBOT_NAME = 'Forecourt'
/** The maximum length that is parsed of a robots.txt (RFC 9309, 2.5). */
const MAX_ROBOTS_BYTES = 512_000

/**
 * The rules of an origin's robots.txt: whether a page may be read, and the delay between two
 * requests in milliseconds if specified.
 */
export type RobotsRules = { isAllowed: (url: URL) => boolean; crawlDelay: number | null }

/** Reads an origin's robots.txt. */
export type FetchRobots = (url: URL) => Promise<EgressResponse>

/**
 * Loads the rules of an origin, fetched once a day. Without a robots.txt (4xx), everything is
 * allowed; if it is unavailable (5xx), nothing is. Throws the errors of `fetch`.
 */
export async function loadRobots(
  robotsStore: RobotsStore,
  { origin }: URL,
  fetch: FetchRobots,
): Promise<RobotsRules> {
  const url = new URL('/robots.txt', origin)
  const stored =
    (await robotsStore.findRobots(origin)) ?? (await fetchRobots(robotsStore, url, fetch))
  if (stored.status >= 500) return { isAllowed: () => false, crawlDelay: null }
  const robots: Robot = robotsParser(url.href, stored.text)
  return {
    isAllowed: (page) => robots.isAllowed(page.href, ROBOT_NAME) ?? true,
    crawlDelay: getCrawlDelayMs(robots),
  }
}

/**
 * Returns the crawl delay of a robots.txt response in milliseconds. It applies from this response
 * on.
 */
export const parseCrawlDelay = (url: URL, answer: EgressResponse): number | null =>
  getCrawlDelayMs(robotsParser(url.href, readRobotsText(answer)))

function getCrawlDelayMs(robots: Robot): number | null {
  const seconds = robots.getCrawlDelay(ROBOT_NAME)
  return seconds !== undefined && seconds > 0 ? seconds * 1000 : null
}

const readRobotsText = ({ status, body }: EgressResponse) =>
  status < 300 ? body.subarray(0, MAX_ROBOTS_BYTES).toString('utf8') : ''

async function fetchRobots(robotsStore: RobotsStore, url: URL, fetch: FetchRobots) {
  const answer = await fetch(url)
  const robots = { status: answer.status, text: readRobotsText(answer) }
  await robotsStore.saveRobots(url.origin, robots)
  return robots
}

/** Creates the failure of a page that robots.txt disallows. */
export const createRobotsFailure = (url: URL) =>
  new ScrapeFailure(
    'robots',
    `${url.origin}/robots.txt disallows ${url.pathname} for bots, or could not be read.`,
  )
