import type { CatalogName } from '../../../src/domain/models.ts'
import { looksBlocked } from '../domain/blocked-page.ts'
import { garbled, looksGarbled } from '../domain/garbled-page.ts'
import type { FetchedPage, PageFetcher } from '../domain/fetching.ts'
import type { PageFound, PageRequest, Platform } from '../domain/pages.ts'
import type { Claimed, Commit, Competitor, Run } from '../domain/runs.ts'
import { detectPlatform, platformNamed } from '../platforms/index.ts'
import { asPutOff, asScrapeFailure, mayGoBetter, PutOff, ScrapeFailure } from '../domain/scrape-failure.ts'
import { addRequests, claim, giveBack, keyOf, notePlatform, openRun, saveRead, sayRequest, standOf } from './frontier.ts'
import { keepPage, keptPage } from './kept-pages.ts'
import { MOST_ATTEMPTS, MOST_PUT_OFF } from './limits.ts'

/** Longer than this nobody waits for a site with a worker in hand, in seconds. */
const WAIT_HERE = 120

/** What a walk over a site needs. */
export type Walking = {
  competitor: Competitor
  /** Makes that the catalogue knows, for titles that name one. */
  makes: readonly CatalogName[]
  fetcher: PageFetcher
  commit: Commit
  signal: AbortSignal
  progress: (done: number, total: number) => Promise<void>
  /** How long the site is left alone after such a failure, in seconds. */
  backoff: (failure: ScrapeFailure) => number
}

/** The failures of this walk that are tried again: the last one, and how many there were in a row. */
type Failed = { last: ScrapeFailure | null; inRow: number }

/** A site whose pages fail so often in a row is left alone for a while: it keeps a worker from the others. */
const MOST_IN_ROW = 3

/** Opens the run of a competitor, or the one that somebody else left. Throws ScrapeFailure when its settings do not serve. */
export async function begin({ competitor, commit }: Pick<Walking, 'competitor' | 'commit'>, now: Date): Promise<Run> {
  const platform = platformNamed(competitor.platformType)
  if (platform) refuseConfig(platform, competitor)
  const first = platform?.begin(competitor.inventoryUrl, competitor.scraperConfig) ?? [{ url: competitor.inventoryUrl }]
  return commit((sql) => openRun(sql, { competitor: competitor.id, now, platform: platform?.name ?? null, begin: first }))
}

/**
 * Reads the pages of a run that nobody has read yet, one after the other; each is noted as soon as it is read, so that whoever takes over
 * goes on behind it. Pages that failed are tried again at the end, after a while in which the worker is free for others. Throws
 * ScrapeFailure when a page can't be read, PutOff when the site wants to be left alone for longer, or is to be.
 */
export async function walk(run: Run, walking: Walking): Promise<void> {
  const { commit, signal, progress } = walking
  const failed: Failed = { last: null, inRow: 0 }
  let platform = platformNamed(run.platform)
  for (;;) {
    signal.throwIfAborted()
    const page = await claimNext(run, walking, failed)
    if (!page) break
    const fetched = await fetchInHand(page, walking, failed)
    if (!fetched) continue
    platform = platform ?? (await detect(run, page, fetched, walking))
    const { done, all } = await read(run, { ...page, request: fetched.page.request }, fetched, platform, walking)
    await progress(done, all)
  }
  const { stuck } = await commit((sql) => standOf(sql, run.id))
  if (stuck !== null) throw new ScrapeFailure('incomplete', `A page could not be read in ${MOST_ATTEMPTS} tries. ${stuck}`)
}

function refuseConfig({ name, checkConfig }: Platform, { scraperConfig }: Competitor): void {
  const problem = checkConfig?.(scraperConfig) ?? null
  if (problem !== null) throw new ScrapeFailure('parse', `The special settings do not serve for ${name}: ${problem}`)
}

/** The next page of a run; where only those are left that failed in this walk, throws PutOff, and none of them is taken. */
const claimNext = ({ id }: Run, { commit, backoff }: Walking, { last }: Failed): Promise<Claimed | null> =>
  commit(async (sql) => {
    const page = await claim(sql, id)
    if (page && page.attempts > 1 && last) leaveAlone(last, backoff(last))
    return page
  })

/** Throws PutOff, so that the worker is free until the site is tried again; not where it is tried again at once. */
function leaveAlone(failure: ScrapeFailure, seconds: number): void {
  if (seconds > 0) throw new PutOff(`${failure.message} It is tried again in ${seconds} s.`, seconds, failure)
}

/** Fetches a page in hand; null when it went back to be tried again. */
async function fetchInHand(page: Claimed, walking: Walking, failed: Failed): Promise<FetchedPage | null> {
  const { competitor, fetcher, commit, signal, backoff } = walking
  try {
    const kept = await commit((sql) => keptPage(sql, competitor.id, page.key))
    const fetched = await fetcher.fetch(page.request, kept, signal)
    failed.inRow = 0
    return fetched
  } catch (error) {
    if (signal.aborted) await commit((sql) => giveBack(sql, page.id, 'The worker was stopped.', false))
    signal.throwIfAborted()
    const later = asPutOff(error)
    if (later && page.putOff < MOST_PUT_OFF) {
      await commit((sql) => giveBack(sql, page.id, later.message, false))
      if (later.seconds > WAIT_HERE) throw later
      return null
    }
    if (later) throw new ScrapeFailure('blocked', `${later.message} It said so again and again.`, { cause: later })
    const failure = asScrapeFailure(error)
    if (!mayGoBetter(failure) || page.attempts >= MOST_ATTEMPTS) throw failure
    await commit((sql) => giveBack(sql, page.id, failure.message, true))
    failed.last = failure
    if (++failed.inRow >= MOST_IN_ROW) leaveAlone(failure, backoff(failure))
    return null
  }
}

/** The platform that made a first page; the run goes on with its first pages. */
async function detect(run: Run, page: Claimed, fetched: FetchedPage, walking: Walking): Promise<Platform> {
  const { competitor, commit } = walking
  const platform = detectPlatform(fetched.page)
  if (!platform) throw unrecognised(fetched)
  refuseConfig(platform, competitor)
  const first = platform.begin(competitor.inventoryUrl, competitor.scraperConfig)
  const request = first.find((one) => keyOf(one) === page.key) ?? { ...page.request, carry: DETECTED }
  await commit(async (sql) => {
    await notePlatform(sql, run.id, platform.name)
    await sayRequest(sql, page.id, request)
    await addRequests(sql, run.id, first)
  })
  fetched.page.request = request
  return platform
}

/** Marks a first page that told the platform and is none of the platform's own. */
const DETECTED = { detected: true }
const isDetection = ({ carry }: PageRequest) => carry?.['detected'] === true

function unrecognised({ page: { url, body } }: FetchedPage): ScrapeFailure {
  const { host } = new URL(url)
  if (looksBlocked(body)) return new ScrapeFailure('blocked', `${host} shows a page that keeps programs out.`)
  return new ScrapeFailure(
    'parse',
    `What ${host} is made with is not known. Choose its platform, or say in the special settings how to read it.`,
  )
}

const NOTHING: Omit<PageFound, 'sources'> = { listings: [], dropped: [], total: null, next: [] }

/** Reads a page with the platform's rules and notes what it gave. Answers how many pages of how many are read. */
async function read(run: Run, { id, key, request }: Claimed, fetched: FetchedPage, platform: Platform, walking: Walking) {
  const { competitor, commit, makes } = walking
  const { page, etag, unfinished = null } = fetched
  const found = isDetection(request)
    ? NOTHING
    : foundOn(platform.read({ ...page, request }, competitor.scraperConfig, makes), fetched)
  return commit(async (sql) => {
    const cut = isWhole(found) ? null : unfinished
    await saveRead(sql, run.id, id, { ...found, status: page.status, etag, body: page.body, unfinished: cut })
    await keepPage(sql, competitor.id, key, fetched)
    return standOf(sql, run.id)
  })
}

/** Whether a page shows as many cars as the site says that it has. */
export const isWhole = ({ listings, total }: Pick<PageFound, 'listings' | 'total'>): boolean =>
  total !== null && listings.length >= total

/** What a page gave. Throws ScrapeFailure where it is none of the platform's, one that keeps programs out, or one whose cars did not come. */
export function foundOn(read: ReturnType<Platform['read']>, { page, failure = null }: FetchedPage): PageFound {
  const nothing = 'problem' in read || read.listings.length === 0
  if (nothing && looksBlocked(page.body))
    throw new ScrapeFailure('blocked', `${new URL(page.url).host} shows a page that keeps programs out.`)
  if (nothing && failure) throw failure
  if (nothing && looksGarbled(page.body)) throw garbled(page.url)
  if ('problem' in read) throw new ScrapeFailure('parse', `${new URL(page.url).pathname} could not be read: ${read.problem}`)
  return read
}
