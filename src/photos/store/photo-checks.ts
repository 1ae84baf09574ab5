import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import { type CheckResult, DEAD_AFTER } from '../domain/photo-check.ts'

type Database = Transaction['db']

/** The photos of cars that are not sold, by their addresses. */
const IN_USE = sql`select distinct photo.url from inventory car
  cross join lateral jsonb_array_elements_text(car.images) photo(url)
  where car.status <> 'sold' and jsonb_typeof(car.images) = 'array'`

const URLS = z.array(z.object({ url: z.string() }))

/** Lists addresses of photos of unsold cars: those whose last check is oldest first. */
export async function listPhotosToCheck(db: Database, limit: number): Promise<string[]> {
  const { rows } = await db.execute(sql`
    select used.url from (${IN_USE}) used left join photo_checks c on c.url = used.url
    where length(used.url) <= 500
    order by c.checked_at nulls first, used.url limit ${limit}`)
  return URLS.parse(rows).map(({ url }) => url)
}

/** Stores the result of a check. `failing_since` is the first failed check in a row. */
export async function saveCheck(
  db: Database,
  url: string,
  { status, problem }: CheckResult,
  now: Date,
): Promise<void> {
  const at = now.toISOString()
  const failed = problem !== null
  await db.execute(sql`
    insert into photo_checks as c (url, status, problem, failures, failing_since, checked_at)
    values (${url}, ${status}, ${problem}, ${failed ? 1 : 0},
      ${failed ? at : null}::timestamptz, ${at}::timestamptz)
    on conflict (url) do update set status = excluded.status, problem = excluded.problem,
      failures = case when ${failed} then c.failures + 1 else 0 end,
      failing_since = case when ${failed}
        then coalesce(c.failing_since, excluded.failing_since) end,
      checked_at = excluded.checked_at`)
}

/** Deletes the results of photos that no unsold car has any more. Returns how many there were. */
export async function deleteUnusedChecks(db: Database): Promise<number> {
  const { rowCount } = await db.execute(sql`delete from photo_checks where url not in (${IN_USE})`)
  return rowCount ?? 0
}

const DEAD = z.array(
  z.object({
    car: z.string(),
    title: z.string().nullable(),
    url: z.string(),
    position: z.coerce.number(),
    status: z.number().nullable(),
    problem: z.string(),
    failingSince: z.coerce.date(),
  }),
)

/** A dead photo of an unsold car; `position` counts from 1. */
export type DeadPhoto = z.infer<typeof DEAD>[number]

/** Lists dead photos: of one car, or of all cars that are not sold. */
export async function listDeadPhotos(
  db: Database,
  { car, limit }: { car: string | null; limit: number },
): Promise<DeadPhoto[]> {
  const { rows } = await db.execute(sql`
    select car.id as car, car.title, photo.url, photo.position, c.status, c.problem,
      c.failing_since as "failingSince"
    from photo_checks c join inventory car on car.images @> jsonb_build_array(c.url)
    cross join lateral jsonb_array_elements_text(car.images)
      with ordinality photo(url, position)
    where photo.url = c.url and c.failures >= ${DEAD_AFTER} and car.status <> 'sold'
      and (${car}::uuid is null or car.id = ${car}::uuid)
    order by car.title, car.id, photo.position limit ${limit}`)
  return DEAD.parse(rows)
}
