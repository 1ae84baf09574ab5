import type pg from 'pg'

/** Runs a statement in the database that is looked at. */
export type Query = (statement: string, values?: unknown[]) => Promise<pg.QueryResult>

/**
 * A column as the database has it. `type` is as format_type() writes it; `default` is an SQL
 * expression.
 */
export type CatalogColumn = { name: string; type: string; notNull: boolean; default: string | null }

/**
 * A unique index, the primary key left out: over which columns or expressions, and for which rows
 * where not for all.
 */
export type CatalogUnique = { name: string; on: string; where: string | null; columns: string[] }

export type CatalogCheck = { name: string; condition: string; columns: string[] }

export type CatalogReference = { column: string; table: string; onDelete: string }

/**
 * A table as the database has it. `triggers` are the functions that run before a write and so can
 * refuse or change it.
 */
export type CatalogTable = {
  name: string
  columns: CatalogColumn[]
  primaryKey: string[]
  uniques: CatalogUnique[]
  checks: CatalogCheck[]
  references: CatalogReference[]
  triggers: string[]
}

const NAMES = (
  keys: string,
) => `array(select attname::text from unnest(${keys}) with ordinality as k(num, place)
  join pg_attribute on attrelid = t.oid and attnum = k.num order by place)`

/** Each table of the schema `public` as one JSON value. */
const CATALOG = `
  select t.relname as name,
    (select json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod),
      'notNull', attnotnull,
        'default', pg_get_expr(adbin, adrelid)) order by attnum)
      from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
      where attrelid = t.oid and attnum > 0 and not attisdropped) as columns,
    coalesce((select to_json(${NAMES('indkey')}) from pg_index where indrelid = t.oid
      and indisprimary), '[]') as "primaryKey",
    coalesce((select json_agg(json_build_object('name', indexrelid::regclass::text, 'where',
      pg_get_expr(indpred, indrelid),
        'on', (select string_agg(pg_get_indexdef(indexrelid, place::int, true), ', ')
          from generate_series(1, indnkeyatts) as place),
        'columns', ${NAMES('indkey')}) order by 1)
      from pg_index where indrelid = t.oid and indisunique and not indisprimary), '[]') as uniques,
    coalesce((select json_agg(json_build_object('name', conname, 'condition', pg_get_expr(conbin,
      conrelid),
        'columns', ${NAMES('conkey')}))
      from pg_constraint where conrelid = t.oid and contype = 'c'), '[]') as checks,
    coalesce((select json_agg(json_build_object('column', (${NAMES('conkey')})[1], 'table',
      confrelid::regclass::text,
        'onDelete', case confdeltype when 'c' then 'cascade' when 'n' then 'set null' when 'r'
          then 'restrict'
          when 'd' then 'set default' else 'no action' end))
      from pg_constraint where conrelid = t.oid and contype = 'f'), '[]') as "references",
    array(select distinct tgfoid::regproc::text from pg_trigger
      where tgrelid = t.oid and not tgisinternal and tgtype & 2 = 2 and tgenabled in ('O', 'A')
        order by 1) as triggers
  from pg_class as t where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
    order by 1`

/** The tables of a database by name, from PostgreSQL's own catalog. */
export async function readCatalog(query: Query): Promise<Map<string, CatalogTable>> {
  const { rows } = await query(CATALOG)
  return new Map((rows as CatalogTable[]).map((table) => [table.name, table]))
}

/**
 * The texts that a CHECK of a list of values names, in alphabetical order; null when it checks
 * something else.
 */
export function readListedValues({ condition }: CatalogCheck): string[] | null {
  if (!/ = ANY /.test(condition)) return null
  return [...condition.matchAll(/'([^']*)'::/g)].flatMap(([, value]) => value ?? []).sort()
}

/** SQL of the catalog without the casts and brackets that PostgreSQL adds. */
export const removeCasts = (text: string): string =>
  text
    .replace(/::(text|character varying|numeric)(\[\])?/g, '')
    .replace(/\(([^()]+)\)/g, (match, inner: string, at: number) =>
      /\w/.test(text[at - 1] ?? ' ') ? match : inner,
    )
    .replace(/^\((.*)\)$/, '$1')
