import { createHash } from 'node:crypto'
import { toJsonText } from '../../../src/database/json-text.ts'
import { normalizeIdentity } from '../domain/identity.ts'
import type { DroppedListing, Listing, PageFound, PageRequest } from '../domain/pages.ts'
import type { ClaimedPage, CollectedListings } from '../domain/runs.ts'
import type { Sql } from './sql.ts'

/** The maximum number of attempts to fetch a page in one run, by all workers together. */
export const MAX_ATTEMPTS = 2
/** The maximum number of pages per run. */
const MAX_RUN_PAGES = 1_000

/** Computes the key of a page from its method, URL and body. */
export const hashRequest = ({ method = 'GET', url, body = '' }: PageRequest): string =>
  computeSha256(`${method} ${url}\n${body}`)

/** Adds pages that the run does not know yet, up to its limit. */
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

/** Replaces the request of a page; its key stays the same. */
export async function updateRequest(sql: Sql, id: number, request: PageRequest): Promise<void> {
  await sql('update scrape_requests set request = $2::jsonb where id = $1', [
    id,
    toJsonText(request),
  ])
}

/**
 * Claims the next page and counts the attempt in advance. Pages that failed before come last. A
 * page that a crashed worker had claimed counts as waiting, because only the holder of the job
 * calls this function.
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
 * Releases a page that was not read, with the error. `counts` is whether it was an attempt or only
 * a deferral by the site.
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
      and state <> 'done'`,
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
 * Saves the content of a page and the pages that follow. A page with the same cars as an earlier
 * one has no following pages: some sites show their first page for every number, and others start
 * over. The reason why a page may not show all cars is saved as its error.
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
 * Returns how many pages of a run are done and how many there are, and the error of pages without
 * attempts left.
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
 * Loads everything that the pages of a run contained, in the order of the site. Uses the highest
 * announced total: a page with a lower one does not account for cars that the others counted, and
 * when a car is sold during the run, another may move to a page that was already read.
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
