import type pg from 'pg'
import { CATALOG_LOADED } from '../rows.ts'
import type { DemoEngine } from './demo-catalog.ts'

type Client = Pick<pg.PoolClient, 'query'>

/**
 * Whether the demo needs its catalog: it has cars, its catalog was not loaded yet, and the catalog
 * is empty.
 */
export async function isCatalogMissing(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ missing: boolean }>(
    `select exists (select from demo_rows join inventory on row_id = id
        where made_in = 'inventory')
      and not exists (select from demo_rows where made_in = $1)
      and not exists (select from vehicle_options) and not exists (select from engines)
      and not exists (select from transmissions) as missing`,
    [CATALOG_LOADED.madeIn],
  )
  return rows[0]?.missing === true
}

/** Saves engines with their facts; the merge adds those that options name without facts. */
export async function saveDemoEngines(
  client: Client,
  engines: readonly DemoEngine[],
): Promise<void> {
  await client.query(
    `insert into engines (name, displacement, configuration, aspiration, fuel_type)
    select name, displacement, configuration, aspiration, "fuelType" from jsonb_to_recordset($1)
      as engine (name text, displacement text, configuration text, aspiration text,
        "fuelType" text)`,
    [JSON.stringify(engines)],
  )
}

/** Records that the whole catalog is the demo's. */
export async function recordDemoCatalog(client: Client): Promise<void> {
  await client.query(`insert into demo_catalog_rows (made_in, row_id)
    select 'vehicle_options', id from vehicle_options
    union all select 'engines', id from engines
    union all select 'transmissions', id from transmissions`)
  await client.query('insert into demo_rows (made_in, row_id) values ($1, $2)', [
    CATALOG_LOADED.madeIn,
    CATALOG_LOADED.rowId,
  ])
}

/** Deletes what the demo created and no other option uses. Returns the number of options. */
export async function deleteDemoCatalog(client: Client): Promise<number> {
  const { rowCount } = await client.query(buildDelete('vehicle_options'))
  await client.query(`${buildDelete('engines')}
    and not exists (select from vehicle_options where engine_id = engines.id)`)
  await client.query(`${buildDelete('transmissions')}
    and not exists (select from vehicle_options where transmission_id = transmissions.id)`)
  await client.query('delete from demo_catalog_rows')
  return rowCount ?? 0
}

const buildDelete = (table: string) =>
  `delete from ${table} where id in (
    select row_id from demo_catalog_rows where made_in = '${table}')`
