import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { formatCopyRow } from '../../database/copy-text.ts'
import type { CatalogRow } from '../domain/catalog-row.ts'

type Client = Pick<pg.PoolClient, 'query'>

/** What a merge added to the catalog. */
export type MergeResult = {
  options: number
  engines: number
  transmissions: number
}

/** The size of the pieces that are sent to the database. */
const CHUNK_CHARACTERS = 64_000

/**
 * Prepares the transaction of `client` for rows of any number: creates a temporary table for them,
 * which the end of the transaction drops, and lifts the time limits of statements.
 */
export async function prepareMerge(client: Client): Promise<void> {
  await client.query(`
    set local statement_timeout = 0;
    set local idle_in_transaction_session_timeout = 0;
    create temporary table catalog_rows (
      line integer generated always as identity, year integer, make text, model text, trim text,
      engine text, transmission text) on commit drop`)
}

/** Streams rows to the temporary table. */
export async function stageRows(
  client: Client,
  rows: AsyncIterable<CatalogRow> | Iterable<CatalogRow>,
): Promise<void> {
  const copy = copyFrom(
    'copy pg_temp.catalog_rows (year, make, model, trim, engine, transmission) from stdin',
  )
  await pipeline(formatChunks(rows), client.query(copy))
}

async function* formatChunks(rows: AsyncIterable<CatalogRow> | Iterable<CatalogRow>) {
  let chunk = ''
  for await (const { year, make, model, trim, engine, transmission } of rows) {
    chunk += formatCopyRow([year, make, model, trim, engine, transmission])
    if (chunk.length < CHUNK_CHARACTERS) continue
    yield chunk
    chunk = ''
  }
  yield chunk
}

/**
 * Adds the staged rows that the catalog does not have. Names are the same whatever their case: rows
 * take the spelling that the catalog has, else that of the first row. An unknown engine or
 * transmission is the same as another unknown one. Waits for other merges; `onWait` is called
 * first.
 */
export async function mergeStagedRows(client: Client, onWait: () => void): Promise<MergeResult> {
  await lockMerges(client, onWait)
  await client.query('analyze pg_temp.catalog_rows')
  const engines = await countRows(client, ADD_ENGINES)
  const transmissions = await countRows(client, ADD_TRANSMISSIONS)
  await client.query(buildSpellingUpdate([], 'make'))
  await client.query(buildSpellingUpdate(['make'], 'model'))
  await client.query(buildSpellingUpdate(['make', 'model'], 'trim'))
  const options = await countRows(client, ADD_OPTIONS)
  await client.query(KEEP_DEMO_OPTIONS)
  return { options, engines, transmissions }
}

async function lockMerges(client: Client, onWait: () => void): Promise<void> {
  const lock = `hashtextextended('merge into the catalog', 0)`
  const { rows } = await client.query<{ locked: boolean }>(
    `select pg_try_advisory_xact_lock(${lock}) as locked`,
  )
  if (rows[0]?.locked) return
  onWait()
  await client.query(`select pg_advisory_xact_lock(${lock})`)
}

async function countRows(client: Client, statement: string): Promise<number> {
  return (await client.query(statement)).rowCount ?? 0
}

const ADD_ENGINES = `
  insert into engines (name)
  select distinct on (lower(engine)) engine from pg_temp.catalog_rows
  where engine is not null order by lower(engine), line
  on conflict (lower(name)) do nothing`

const ADD_TRANSMISSIONS = `
  insert into transmissions (type)
  select distinct on (lower(transmission)) transmission from pg_temp.catalog_rows
  where transmission is not null order by lower(transmission), line
  on conflict (lower(type)) do nothing`

/** Gives a column of the staged rows one spelling, within the columns before it. */
function buildSpellingUpdate(within: readonly string[], column: string): string {
  const columns = [...within, column].join(', ')
  const key = [...within, `lower(${column})`].join(', ')
  const same = within.map((name) => `spelling.${name} = staged.${name} and `).join('')
  return `
    update pg_temp.catalog_rows as staged set ${column} = spelling.${column}
    from (
      select distinct on (${key}) ${columns} from (
        select ${columns}, 0 as place from vehicle_options group by ${columns}
        union all
        select ${columns}, min(line) from pg_temp.catalog_rows group by ${columns}) as written
      order by ${key}, place, ${column}) as spelling
    where ${same}lower(spelling.${column}) = lower(staged.${column})
      and spelling.${column} <> staged.${column}`
}

/** The options of the staged rows. */
const STAGED = `staged as (
    select distinct year, make, model, trim, engines.id as engine_id,
      transmissions.id as transmission_id
    from pg_temp.catalog_rows
    left join engines on lower(engines.name) = lower(engine)
    left join transmissions on lower(transmissions.type) = lower(transmission))`

const IS_SAME = `known.year = staged.year and lower(known.make) = lower(staged.make)
      and lower(known.model) = lower(staged.model) and lower(known.trim) = lower(staged.trim)
      and coalesce(known.engine_id, 0) = coalesce(staged.engine_id, 0)
      and coalesce(known.transmission_id, 0) = coalesce(staged.transmission_id, 0)`

const ADD_OPTIONS = `
  with ${STAGED}
  insert into vehicle_options (title, year, make, model, trim, engine_id, transmission_id)
  select left(concat_ws(' ', year, make, model, trim), 255), year, make, model, trim, engine_id,
    transmission_id
  from staged where not exists (select from vehicle_options as known where ${IS_SAME})
  on conflict do nothing`

/** An option of the demo that an import has too is no longer the demo's: a reset keeps it. */
const KEEP_DEMO_OPTIONS = `
  with ${STAGED}
  delete from demo_catalog_rows as demo using vehicle_options as known, staged
  where demo.made_in = 'vehicle_options' and demo.row_id = known.id and ${IS_SAME}`
