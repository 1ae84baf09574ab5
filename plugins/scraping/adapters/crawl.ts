import type { CatalogName } from '../../../src/domain/models.ts'
import { isBlockedPage } from '../domain/blocked-page.ts'
import { garbled, looksGarbled } from '../domain/garbled-page.ts'
import type { FetchedPage, PageFetcher } from '../domain/fetching.ts'
import type { PageFound, PageRequest, Platform } from '../domain/pages.ts'
import type { ClaimedPage, Commit, Competitor, Run } from '../domain/runs.ts'
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
  savePlatform,
  openRun,
  savePage,
  updateRequest,
  loadProgress,
} from './frontier.ts'
import { saveCachedPage, loadCachedPage } from './page-cache.ts'
import { MAX_ATTEMPTS, MAX_DEFERRALS } from './limits.ts'

/** Longer than this nobody waits for a site with a worker in hand, in seconds. */
const MAX_WAIT_SECONDS = 120

/** What a walk over a site needs. */
export type CrawlContext = {
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

/**
 * The failures of this walk that are tried again: the last one, and how many there were in a row.
 */
type CrawlFailures = { last: ScrapeFailure | null; inRow: number }

/**
 * A site whose pages fail so often in a row is left alone for a while: it keeps a worker from the
 * others.
 */
const MAX_FAILURES_IN_ROW = 3

/**
 * Opens the run of a competitor, or the one that somebody else left. Throws ScrapeFailure when its
 * settings do not serve.
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
 * Reads the pages of a run that nobody has read yet, one after the other; each is noted as soon as
 * it is read, so that whoever takes over goes on behind it. Pages that failed are tried again at
 * the end, after a while in which the worker is free for others. Throws ScrapeFailure when a page
 * can't be read, RetryAfterError when the site wants to be left alone for longer, or is to be.
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
    throw new ScrapeFailure('parse', `The special settings do not work with ${name}: ${problem}`)
}

/**
 * The next page of a run; where only those are left that failed in this walk, throws
 * RetryAfterError, and none of them is taken.
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
 * Throws RetryAfterError, so that the worker is free until the site is tried again; not where it is
 * tried again at once.
 */
function deferRun(failure: ScrapeFailure, seconds: number): void {
  if (seconds > 0)
    throw new RetryAfterError(
      `${failure.message} The next attempt is in ${seconds} s.`,
      seconds,
      failure,
    )
}

/** Fetches a page in hand; null when it went back to be tried again. */
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

/** The platform that made a first page; the run goes on with its first pages. */
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

/** Marks a first page that told the platform and is none of the platform's own. */
const DETECTED = { detected: true }
const isDetection = ({ carry }: PageRequest) => carry?.['detected'] === true

function createUnknownPlatformFailure({ page: { url, body } }: FetchedPage): ScrapeFailure {
  const { host } = new URL(url)
  if (isBlockedPage(body))
    return new ScrapeFailure('blocked', `${host} shows a page that blocks bots.`)
  return new ScrapeFailure(
    'parse',
    `The platform of ${host} is unknown. Choose its platform, or describe in the special ` +
      'settings how to read it.',
  )
}

const EMPTY_PAGE: Omit<PageFound, 'sources'> = { listings: [], dropped: [], total: null, next: [] }

/**
 * Reads a page with the platform's rules and notes what it gave. Answers how many pages of how many
 * are read.
 */
async function readAndSavePage(
  run: Run,
  { id, key, request }: ClaimedPage,
  fetched: FetchedPage,
  platform: Platform,
  context: CrawlContext,
) {
  const { competitor, commit, makes } = context
  const { page, etag, unfinished = null } = fetched
  const found = isDetection(request)
    ? EMPTY_PAGE
    : requireReadable(platform.read({ ...page, request }, competitor.scraperConfig, makes), fetched)
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

/** Whether a page shows as many cars as the site says that it has. */
export const isComplete = ({ listings, total }: Pick<PageFound, 'listings' | 'total'>): boolean =>
  total !== null && listings.length >= total

/**
 * What a page gave. Throws ScrapeFailure where it is none of the platform's, one that keeps
 * programs out, or one whose cars did not come.
 */
export function requireReadable(
  read: ReturnType<Platform['read']>,
  { page, failure = null }: FetchedPage,
): PageFound {
  const isEmpty = 'problem' in read || read.listings.length === 0
  if (isEmpty && isBlockedPage(page.body))
    throw new ScrapeFailure('blocked', `${new URL(page.url).host} shows a page that blocks bots.`)
  if (isEmpty && failure) throw failure
  if (isEmpty && looksGarbled(page.body)) throw garbled(page.url)
  if ('problem' in read)
    throw new ScrapeFailure(
      'parse',
      `${new URL(page.url).pathname} could not be read: ${read.problem}`,
    )
  return read
}
