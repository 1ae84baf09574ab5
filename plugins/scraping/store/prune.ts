import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

/**
 * Removes runs that started more than 30 days before `now`, with their pages. Keeps quarantined
 * runs, and applied runs without a later complete applied one, because the next run is compared
 * with it. Also removes cached pages that were saved more than 30 days before. `now` is an instant
 * in ISO 8601; one statement removes at most 200 of each.
 */
export const buildPruneStatement = (now: string): SQL => sql`with runs as (
    delete from scrape_runs where id in (select id from scrape_runs run
      where started_at < ${now}::timestamptz - interval '30 days' and state <> 'quarantined'
        and (state <> 'applied' or exists (
        select from scrape_runs later where later.competitor_id = run.competitor_id
          and later.state = 'applied' and later.complete
          and later.ended_at > run.ended_at)) limit 200) returning id),
  pages as (delete from scrape_pages where (competitor_id, url_key) in (select competitor_id,
    url_key from scrape_pages
      where stored_at < ${now}::timestamptz - interval '30 days' limit 200) returning url_key)
  select id::text from runs union all select url_key from pages`
