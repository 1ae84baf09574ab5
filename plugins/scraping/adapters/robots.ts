import robotsParser, { type Robot } from 'robots-parser'
import type { EgressResponse } from '../../../src/egress/egress.ts'
import type { OriginStore } from '../domain/fetching.ts'
import { ScrapeFailure } from '../domain/scrape-failure.ts'

/** The name that a robots.txt has a group for us by. */
export const ROBOT_NAME = 'Forecourt'
/** As much of a robots.txt as is read (RFC 9309, 2.5). */
const MAX_ROBOTS_BYTES = 512_000

/**
 * What an origin's robots.txt asks for: whether a page may be read, and the milliseconds between
 * two requests where it says them.
 */
export type RobotsRules = { isAllowed: (url: URL) => boolean; crawlDelay: number | null }

/** Reads an origin's robots.txt. */
export type FetchRobots = (url: URL) => Promise<EgressResponse>

/**
 * The manners of an origin, read once a day: where there is no robots.txt (4xx) everything may be
 * read, where it can't be said (5xx) nothing. Throws what the fetching throws.
 */
export async function loadRobots(
  originStore: OriginStore,
  { origin }: URL,
  fetch: FetchRobots,
): Promise<RobotsRules> {
  const url = new URL('/robots.txt', origin)
  const stored =
    (await originStore.findRobots(origin)) ?? (await fetchRobots(originStore, url, fetch))
  if (stored.status >= 500) return { isAllowed: () => false, crawlDelay: null }
  const robots: Robot = robotsParser(url.href, stored.text)
  return {
    isAllowed: (page) => robots.isAllowed(page.href, ROBOT_NAME) ?? true,
    crawlDelay: getCrawlDelayMs(robots),
  }
}

/**
 * The milliseconds between two requests that the robots.txt of an answer asks for: they begin with
 * this answer.
 */
export const parseCrawlDelay = (url: URL, answer: EgressResponse): number | null =>
  getCrawlDelayMs(robotsParser(url.href, readRobotsText(answer)))

function getCrawlDelayMs(robots: Robot): number | null {
  const seconds = robots.getCrawlDelay(ROBOT_NAME)
  return seconds !== undefined && seconds > 0 ? seconds * 1000 : null
}

const readRobotsText = ({ status, body }: EgressResponse) =>
  status < 300 ? body.subarray(0, MAX_ROBOTS_BYTES).toString('utf8') : ''

async function fetchRobots(originStore: OriginStore, url: URL, fetch: FetchRobots) {
  const answer = await fetch(url)
  const robots = { status: answer.status, text: readRobotsText(answer) }
  await originStore.saveRobots(url.origin, robots)
  return robots
}

/** The page is one that programs are asked not to read. */
export const createRobotsFailure = (url: URL) =>
  new ScrapeFailure(
    'robots',
    `${url.origin}/robots.txt disallows ${url.pathname} for bots, or could not be read itself.`,
  )
