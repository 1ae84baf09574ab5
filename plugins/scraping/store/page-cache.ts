import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { FetchedPage, CachedPage } from '../domain/fetching.ts'
import type { Sql } from './sql.ts'

const [compress, decompress] = [promisify(gzip), promisify(gunzip)]

/** Loads the last version of a competitor's page, if its site reports whether pages change. */
export async function loadCachedPage(
  sql: Sql,
  competitor: string,
  key: string,
): Promise<CachedPage | null> {
  const [row] = await sql<{
    etag: string | null
    last_modified: string | null
    url: string
    content_type: string
    body: string
  }>(
    `select etag, last_modified, url, content_type, encode(body, 'base64') as body from scrape_pages
     where competitor_id = $1 and url_key = $2`,
    [competitor, key],
  )
  if (!row) return null
  const body = (await decompress(Buffer.from(row.body, 'base64'))).toString()
  return {
    etag: row.etag,
    lastModified: row.last_modified,
    url: row.url,
    contentType: row.content_type,
    body,
  }
}

/** Saves a page for the next run if the site sent a validator with it. */
export async function saveCachedPage(
  sql: Sql,
  competitor: string,
  key: string,
  fetched: FetchedPage,
): Promise<void> {
  const { page, etag, lastModified, notModified } = fetched
  if (notModified || page.status !== 200 || (etag === null && lastModified === null)) return
  const body = await compress(Buffer.from(page.body))
  await sql(
    `insert into scrape_pages (competitor_id, url_key, etag, last_modified, url, content_type, body)
     values ($1, $2, $3, $4, $5, $6, decode($7, 'base64')) on conflict (competitor_id, url_key) do
       update set
     etag = excluded.etag, last_modified = excluded.last_modified, url = excluded.url, content_type
       = excluded.content_type,
     body = excluded.body, stored_at = now()`,
    [competitor, key, etag, lastModified, page.url, page.contentType, body.toString('base64')],
  )
}
