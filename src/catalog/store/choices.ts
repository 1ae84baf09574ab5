import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'

type Database = Transaction['db']
/** The columns of vehicle options that hold names. */
export type NamedColumn = 'make' | 'model' | 'trim'

/** What vehicle options are narrowed to, with every spelling of each name that is stored. */
export type StoredChoices = Partial<Record<NamedColumn, readonly string[]>> & { year: number }

const YEARS = z.array(z.object({ value: z.number() }))
const NAMES = z.array(z.object({ value: z.string() }))
const ENGINES = z.array(z.object({ id: z.number(), name: z.string() }))
const TRANSMISSIONS = z.array(z.object({ id: z.number(), type: z.string() }))

/**
 * Lists the model years of the catalog, latest first. Like `listNames`, it reads one entry of an
 * index for each value: PostgreSQL would read every row for a DISTINCT.
 */
export async function listYears(db: Database): Promise<number[]> {
  const { rows } = await db.execute(sql`
    with recursive found as (
      select max(year) as value from vehicle_options
      union all
      select (select max(year) from vehicle_options where year < found.value)
      from found where found.value is not null)
    select value from found where value is not null`)
  return YEARS.parse(rows).map(({ value }) => value)
}

/** Lists the different values of a column among the options with these choices. */
export async function listNames(
  db: Database,
  column: NamedColumn,
  choices: StoredChoices,
): Promise<string[]> {
  const name = sql.identifier(column)
  const among = buildCondition(choices)
  const { rows } = await db.execute(sql`
    with recursive found as (
      select min(${name}) as value from vehicle_options where ${among}
      union all
      select (select min(${name}) from vehicle_options where ${among} and ${name} > found.value)
      from found where found.value is not null)
    select value from found where value is not null`)
  return NAMES.parse(rows).map(({ value }) => value)
}

/** Lists the engines of the options with these choices, by name. */
export async function listEngines(db: Database, choices: StoredChoices) {
  const { rows } = await db.execute(sql`
    select id, name from engines
    where id in (select engine_id from vehicle_options where ${buildCondition(choices)})
    order by name`)
  return ENGINES.parse(rows)
}

/** Lists the transmissions of the options with these choices, of these engines if any are given. */
export async function listTransmissions(
  db: Database,
  choices: StoredChoices,
  engines?: readonly number[],
) {
  const ofEngine = engines === undefined ? sql`true` : isOneOf('engine_id', engines)
  const { rows } = await db.execute(sql`
    select id, type from transmissions
    where id in (select transmission_id from vehicle_options
      where ${buildCondition(choices)} and ${ofEngine})
    order by type`)
  return TRANSMISSIONS.parse(rows)
}

function buildCondition({ year, ...names }: StoredChoices) {
  const equal = Object.entries(names).map(([column, spellings]) => isOneOf(column, spellings))
  return sql.join([sql`year = ${year}`, ...equal], sql` and `)
}

function isOneOf(column: string, values: readonly (string | number)[]) {
  const list = values.map((value) => sql`${value}`)
  return sql`${sql.identifier(column)} in (${sql.join(list, sql`, `)})`
}
