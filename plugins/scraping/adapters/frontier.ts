import { createHash } from 'node:crypto'
import { toJsonText } from '../../../src/database/json-text.ts'
import { normalizeIdentity } from '../domain/identity.ts'
import type { DroppedListing, Listing, PageFound, PageRequest } from '../domain/pages.ts'
import type { ClaimedPage, CollectedListings, Run, Sql } from '../domain/runs.ts'
import { MAX_ATTEMPTS, MAX_RUN_PAGES } from './limits.ts'

/** What a page is found again by: its method, address and body. */
export const hashRequest = ({ method = 'GET', url, body = '' }: PageRequest): string =>
  computeSha256(`${method} ${url}\n${body}`)

/**
 * The run of a competitor that is under way, to be resumed by whoever has its job; a new one with
 * these first pages where there is none. One that began more than a day ago is given up, as what
 * its first pages said is old; and one that began elsewhere, as the competitor's set-up was changed
 * since.
 */
export async function openRun(
  sql: Sql,
  options: {
    competitor: string
    now: Date
    platform: string | null
    firstRequests: readonly PageRequest[]
  },
): Promise<Run> {
  const { competitor, now, platform, firstRequests } = options
  await sql(
    `update scrape_runs set state = 'failed', ended_at = $2, error_type = 'incomplete', error =
      'It did not finish within a day.'
     where competitor_id = $1 and state = 'fetching' and started_at < $2::timestamptz - interval
       '1 day'`,
    [competitor, now.toISOString()],
  )
  const [open] = await sql<{ id: string; platform: string | null; began: string }>(
    `select id, platform, (select url_key from scrape_requests where run_id = run.id
      order by scrape_requests.id limit 1) as began
     from scrape_runs run where competitor_id = $1 and state = 'fetching' for update`,
    [competitor],
  )
  if (
    open &&
    open.began === hashRequest(firstRequests[0] ?? { url: '' }) &&
    (platform ?? open.platform) === open.platform
  )
    return { id: open.id, platform: open.platform, resumed: true }
  if (open)
    await sql(
      `update scrape_runs set state = 'failed', ended_at = $2, error_type = 'incomplete',
        ` + 'error = $3 where id = $1',
      [open.id, now.toISOString(), 'The competitor’s setup was changed before the run finished.'],
    )
  const [row] = await sql<{ id: string }>(
    'insert into scrape_runs (competitor_id, started_at, platform) values ($1, $2, $3) ' +
      'returning id',
    [competitor, now.toISOString(), platform],
  )
  const id = row?.id ?? ''
  await addRequests(sql, id, firstRequests)
  return { id, platform, resumed: false }
}

/** Adds pages that the run does not know yet, up to the most that it may read. */
export async function addRequests(
  sql: Sql,
  run: string,
  requests: readonly PageRequest[],
): Promise<void> {
  for (const request of requests)
    await sql(
      `insert into scrape_requests (run_id, url_key, request) select $1, $2, $3::jsonb
       where (select count(*) from scrape_requests where run_id = $1) < ${MAX_RUN_PAGES}
         on conflict do nothing`,
      [run, hashRequest(request), toJsonText(request)],
    )
}

export async function savePlatform(sql: Sql, run: string, platform: string): Promise<void> {
  await sql('update scrape_runs set platform = $2 where id = $1', [run, platform])
}

/** Says anew what a page is asked with; its key stays. */
export async function updateRequest(sql: Sql, id: number, request: PageRequest): Promise<void> {
  await sql('update scrape_requests set request = $2::jsonb where id = $1', [
    id,
    toJsonText(request),
  ])
}

/**
 * Takes the next page in hand and counts the attempt before it is made. Pages that were tried
 * before come last. One that was in the hand of a worker that died is taken like one that waits:
 * only the holder of the job asks.
 */
export async function claimPage(sql: Sql, run: string): Promise<ClaimedPage | null> {
  const [row] = await sql<{
    id: string
    url_key: string
    request: PageRequest
    attempts: number
    put_off: number
  }>(
    `update scrape_requests set state = 'fetching', attempts = attempts + 1, lease_until =
      clock_timestamp() + interval '60 seconds'
     where id = (select id from scrape_requests where run_id = $1 and state <> 'done'
       and attempts < ${MAX_ATTEMPTS}
       order by attempts, id limit 1)
     returning id, url_key, request, attempts, put_off`,
    [run],
  )
  return row
    ? {
        id: Number(row.id),
        key: row.url_key,
        request: row.request,
        attempts: row.attempts,
        deferrals: row.put_off,
      }
    : null
}

/**
 * Gives a page back that was not read, with what went wrong. `counts`: whether it was an attempt,
 * or the site only put it off.
 */
export async function releasePage(
  sql: Sql,
  id: number,
  error: string,
  counts: boolean,
): Promise<void> {
  const counted = counts ? '' : ', attempts = attempts - 1, put_off = put_off + 1'
  await sql(
    `update scrape_requests set state = 'waiting', error = $2${counted} where id = $1
      and ` + `state <> 'done'`,
    [id, error],
  )
}

type PageToSave = Omit<PageFound, 'sources'> & {
  status: number
  etag: string | null
  body: string
  unfinished?: string | null
}

/**
 * Notes what a page gave, and the pages that follow. A page with the same cars as one before it
 * leads nowhere: some sites show their first page for every number, others start over. Why a page
 * may show too few cars is kept as its error.
 */
export async function savePage(sql: Sql, run: string, id: number, page: PageToSave): Promise<void> {
  const cars =
    page.listings.length > 0
      ? computeSha256(toJsonText(page.listings.map(normalizeIdentity)))
      : null
  const [saved] = await sql<{ repeats: boolean }>(
    `update scrape_requests page set state = 'done', fetched_at = clock_timestamp(), status = $2,
      etag = $3, sha256 = $4, announced = $5,
       dropped = $6::jsonb, error = $9, cars_key = $7,
       repeats = $10 or $8 and exists (select from scrape_requests other
         where other.run_id = page.run_id and other.cars_key = $7 and other.id <> page.id)
     where id = $1 returning repeats`,
    [
      id,
      page.status,
      page.etag,
      computeSha256(page.body),
      page.total,
      toJsonText(page.dropped),
      cars,
      page.next.length > 0,
      page.unfinished ?? null,
      page.cut === true,
    ],
  )
  if (page.listings.length > 0)
    await sql(
      'insert into scrape_found (run_id, request_id, listing) select $1, $2, value from ' +
        'jsonb_array_elements($3::jsonb)',
      [run, id, toJsonText(page.listings)],
    )
  if (!saved?.repeats) await addRequests(sql, run, page.next)
}

const computeSha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * How many pages of a run are read, of how many; and what went wrong with those that nobody tries
 * again.
 */
export async function loadProgress(
  sql: Sql,
  run: string,
): Promise<{ done: number; all: number; stuck: string | null }> {
  const [row] = await sql<{ done: number; all: number; stuck: string | null }>(
    `select count(*) filter (where state = 'done')::int as done, count(*)::int as all,
       min(coalesce(error, 'It was started twice but never read.'))
         filter (where state <> 'done' and attempts >= ${MAX_ATTEMPTS}) as stuck
     from scrape_requests where run_id = $1`,
    [run],
  )
  return row ?? { done: 0, all: 0, stuck: null }
}

/**
 * Everything that the pages of a run gave, in the order of the site. Of what they announced the
 * most counts: a page that says less says nothing of the cars that the others meant, and a car that
 * was sold meanwhile may have drawn another one past the reader.
 */
export async function loadFound(sql: Sql, run: string): Promise<CollectedListings> {
  const pages = await sql<{
    announced: number | null
    dropped: DroppedListing[] | null
    repeats: boolean
    unfinished: string | null
  }>(
    `select announced, dropped, repeats, case when state = 'done' then error end as unfinished
      from scrape_requests
     where run_id = $1 order by id`,
    [run],
  )
  const listings = await sql<{ listing: Listing }>(
    'select listing from scrape_found where run_id = $1 order by request_id, id',
    [run],
  )
  return {
    listings: listings.map(({ listing }) => listing),
    dropped: pages.flatMap(({ dropped }) => dropped ?? []),
    announced: pages.reduce<number | null>(
      (max, { announced }) => (announced === null ? max : Math.max(max ?? 0, announced)),
      null,
    ),
    cut:
      pages.find(({ unfinished }) => unfinished !== null)?.unfinished ??
      (pages.length >= MAX_RUN_PAGES || pages.some(({ repeats }) => repeats)),
  }
}

/** How many cars the last whole run had that was believed. */
export async function loadLastFoundCount(sql: Sql, competitor: string): Promise<number | null> {
  const [row] = await sql<{ found: number }>(
    `select found from scrape_runs where competitor_id = $1 and state = 'applied'
      and ` + 'complete order by ended_at desc, id desc limit 1',
    [competitor],
  )
  return row?.found ?? null
}
