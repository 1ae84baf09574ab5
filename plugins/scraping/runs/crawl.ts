import { isBlockedPage } from '../domain/blocked-page.ts'
import { createGarbledPageFailure, isGarbled } from '../domain/garbled-page.ts'
import type { FetchedPage, PageFetcher } from '../domain/fetching.ts'
import type { PageFound, PageRequest, Platform, ReadContext } from '../domain/pages.ts'
import type { ClaimedPage, Competitor, Run } from '../domain/runs.ts'
import { detectPlatform, findPlatform } from '../platforms/index.ts'
import {
  findRetryAfterError,
  toScrapeFailure,
  isRetryable,
  RetryAfterError,
  ScrapeFailure,
} from '../domain/scrape-failure.ts'
import {
  addRequests,
  claimPage,
  releasePage,
  hashRequest,
  savePage,
  updateRequest,
  loadProgress,
  MAX_ATTEMPTS,
} from '../store/frontier.ts'
import { openRun, savePlatform } from '../store/runs.ts'
import type { Commit } from '../store/sql.ts'
import { saveCachedPage, loadCachedPage } from '../store/page-cache.ts'

/** The maximum number of times that a site can defer one page. */
const MAX_DEFERRALS = 3
/** The maximum time in seconds for which a worker waits for a site. */
const MAX_WAIT_SECONDS = 120

/** The context of a crawl. */
export type CrawlContext = {
  competitor: Competitor
  reading: ReadContext
  fetcher: PageFetcher
  commit: Commit
  signal: AbortSignal
  progress: (done: number, total: number) => Promise<void>
  /** How long to wait before the site is accessed again after a failure, in seconds. */
  backoff: (failure: ScrapeFailure) => number
}

/**
 * The failures of this crawl that will be retried: the last one, and the number of consecutive
 * ones.
 */
type CrawlFailures = { last: ScrapeFailure | null; inRow: number }

/**
 * The number of consecutive failures after which the crawl of a site pauses, so that its worker is
 * free for others.
 */
const MAX_FAILURES_IN_ROW = 3

/**
 * Opens a run of a competitor or resumes an unfinished one. Throws ScrapeFailure if the settings do
 * not fit the platform.
 */
export async function startRun(
  { competitor, commit }: Pick<CrawlContext, 'competitor' | 'commit'>,
  now: Date,
): Promise<Run> {
  const platform = findPlatform(competitor.platformType)
  if (platform) assertValidConfig(platform, competitor)
  const first = platform?.listFirstRequests(competitor.inventoryUrl, competitor.scraperConfig) ?? [
    { url: competitor.inventoryUrl },
  ]
  return commit((sql) =>
    openRun(sql, {
      competitor: competitor.id,
      now,
      platform: platform?.name ?? null,
      firstRequests: first,
    }),
  )
}

/**
 * Reads the unread pages of a run one after the other. Each page is saved at once, so that another
 * worker can resume after it. Failed pages are retried at the end, after a pause in which the
 * worker is free for others. Throws ScrapeFailure if a page cannot be read, and RetryAfterError if
 * the site requires a longer wait or the crawl pauses.
 */
export async function crawlPages(run: Run, context: CrawlContext): Promise<void> {
  const { commit, signal, progress } = context
  const failures: CrawlFailures = { last: null, inRow: 0 }
  let platform = findPlatform(run.platform)
  for (;;) {
    signal.throwIfAborted()
    const page = await claimNextPage(run, context, failures)
    if (!page) break
    const fetched = await fetchClaimedPage(page, context, failures)
    if (!fetched) continue
    platform = platform ?? (await detectRunPlatform(run, page, fetched, context))
    const { done, all } = await readAndSavePage(
      run,
      { ...page, request: fetched.page.request },
      fetched,
      platform,
      context,
    )
    await progress(done, all)
  }
  const { stuck } = await commit((sql) => loadProgress(sql, run.id))
  if (stuck !== null)
    throw new ScrapeFailure(
      'incomplete',
      `A page could not be read in ${MAX_ATTEMPTS} attempts. ${stuck}`,
    )
}

function assertValidConfig({ name, checkConfig }: Platform, { scraperConfig }: Competitor): void {
  const problem = checkConfig?.(scraperConfig) ?? null
  if (problem !== null)
    throw new ScrapeFailure('parse', `The platform settings do not work with ${name}: ${problem}`)
}

/**
 * Claims the next page of a run. If only pages are left that failed in this crawl, throws
 * RetryAfterError and claims none.
 */
const claimNextPage = (
  { id }: Run,
  { commit, backoff }: CrawlContext,
  { last }: CrawlFailures,
): Promise<ClaimedPage | null> =>
  commit(async (sql) => {
    const page = await claimPage(sql, id)
    if (page && page.attempts > 1 && last) deferRun(last, backoff(last))
    return page
  })

/**
 * Throws RetryAfterError, so that the worker is free until the site is tried again. Returns if
 * there is no delay.
 */
function deferRun(failure: ScrapeFailure, seconds: number): void {
  if (seconds > 0)
    throw new RetryAfterError(
      `${failure.message} The next attempt is in ${seconds} s.`,
      seconds,
      failure,
    )
}

/** Fetches a claimed page; returns null if it was released to be retried. */
async function fetchClaimedPage(
  page: ClaimedPage,
  context: CrawlContext,
  failures: CrawlFailures,
): Promise<FetchedPage | null> {
  const { competitor, fetcher, commit, signal, backoff } = context
  try {
    const cached = await commit((sql) => loadCachedPage(sql, competitor.id, page.key))
    const fetched = await fetcher.fetch(page.request, cached, signal)
    failures.inRow = 0
    return fetched
  } catch (error) {
    if (signal.aborted)
      await commit((sql) => releasePage(sql, page.id, 'The worker was stopped.', false))
    signal.throwIfAborted()
    const later = findRetryAfterError(error)
    if (later && page.deferrals < MAX_DEFERRALS) {
      await commit((sql) => releasePage(sql, page.id, later.message, false))
      if (later.seconds > MAX_WAIT_SECONDS) throw later
      return null
    }
    if (later)
      throw new ScrapeFailure('blocked', `${later.message} This happened repeatedly.`, {
        cause: later,
      })
    const failure = toScrapeFailure(error)
    if (!isRetryable(failure) || page.attempts >= MAX_ATTEMPTS) throw failure
    await commit((sql) => releasePage(sql, page.id, failure.message, true))
    failures.last = failure
    if (++failures.inRow >= MAX_FAILURES_IN_ROW) deferRun(failure, backoff(failure))
    return null
  }
}

/**
 * Detects the platform from a first page. Saves it and adds the platform's first requests to the
 * run.
 */
async function detectRunPlatform(
  run: Run,
  page: ClaimedPage,
  fetched: FetchedPage,
  context: CrawlContext,
): Promise<Platform> {
  const { competitor, commit } = context
  const platform = detectPlatform(fetched.page)
  if (!platform) throw createUnknownPlatformFailure(fetched)
  assertValidConfig(platform, competitor)
  const first = platform.listFirstRequests(competitor.inventoryUrl, competitor.scraperConfig)
  const request = first.find((one) => hashRequest(one) === page.key) ?? {
    ...page.request,
    carry: DETECTED,
  }
  await commit(async (sql) => {
    await savePlatform(sql, run.id, platform.name)
    await updateRequest(sql, page.id, request)
    await addRequests(sql, run.id, first)
  })
  fetched.page.request = request
  return platform
}

/**
 * Marks a first page that was used to detect the platform and is not one of the platform's own
 * requests.
 */
const DETECTED = { detected: true }
const isDetection = ({ carry }: PageRequest) => carry?.['detected'] === true

function createUnknownPlatformFailure({ page: { url, body } }: FetchedPage): ScrapeFailure {
  const { host } = new URL(url)
  if (isBlockedPage(body))
    return new ScrapeFailure('blocked', `${host} shows a page that blocks bots.`)
  return new ScrapeFailure(
    'parse',
    `The platform of ${host} is unknown. Choose its platform, or describe in the platform ` +
      'settings how to read it.',
  )
}

const EMPTY_PAGE: Omit<PageFound, 'sources'> = { listings: [], dropped: [], total: null, next: [] }

/**
 * Reads a page with the rules of the platform and saves the result. Returns how many pages are
 * done, and how many there are.
 */
async function readAndSavePage(
  run: Run,
  { id, key, request }: ClaimedPage,
  fetched: FetchedPage,
  platform: Platform,
  context: CrawlContext,
) {
  const { competitor, commit, reading } = context
  const { page, etag, unfinished = null } = fetched
  const found = isDetection(request)
    ? EMPTY_PAGE
    : requireReadable(
        platform.read({ ...page, request }, competitor.scraperConfig, reading),
        fetched,
      )
  return commit(async (sql) => {
    const cut = isComplete(found) ? null : unfinished
    await savePage(sql, run.id, id, {
      ...found,
      status: page.status,
      etag,
      body: page.body,
      unfinished: cut,
    })
    await saveCachedPage(sql, competitor.id, key, fetched)
    return loadProgress(sql, run.id)
  })
}

/** Whether a page shows as many cars as the site announces. */
export const isComplete = ({ listings, total }: Pick<PageFound, 'listings' | 'total'>): boolean =>
  total !== null && listings.length >= total

/**
 * Returns the content of a page. Throws ScrapeFailure if it is not a page of the platform, blocks
 * bots, or could not load its cars.
 */
export function requireReadable(
  read: ReturnType<Platform['read']>,
  { page, failure = null }: FetchedPage,
): PageFound {
  const isEmpty = 'problem' in read || read.listings.length === 0
  if (isEmpty && isBlockedPage(page.body))
    throw new ScrapeFailure('blocked', `${new URL(page.url).host} shows a page that blocks bots.`)
  if (isEmpty && failure) throw failure
  if (isEmpty && isGarbled(page.body)) throw createGarbledPageFailure(page.url)
  if ('problem' in read)
    throw new ScrapeFailure(
      'parse',
      `${new URL(page.url).pathname} could not be read: ${read.problem}`,
    )
  return read
}
