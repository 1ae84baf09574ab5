import type { SanitizedCollectionConfig } from 'payload'
import { getCollectionTable } from '../../src/database/tables.ts'
import type { TestForecourt } from '../support/forecourt.ts'
import { SCRIPTS } from './script-strings.ts'

type Column = { name: string; type: string; length: number | null; kept: boolean; unique: boolean }

/** How many rows the strings are spread over; each text of a row holds as many of them as fit. */
const ROWS = 20

/**
 * Columns whose text the panel takes for something else than text: who is signed in, and where
 * files are.
 */
const KEPT = /^(email|user_id|auth0_sub|hash|salt|filename|sid)$/

/**
 * Rows of a collection whose every text is made of scripts, past all that the API would refuse:
 * copies by SQL of the one that is there. What a CHECK, a foreign key or a sign-in holds stays as
 * it is. Answers how many columns of the table take text at all.
 */
export async function saveScripts(
  forecourt: TestForecourt,
  { slug }: SanitizedCollectionConfig,
): Promise<number> {
  const { name: table, key } = getCollectionTable(forecourt.payload, slug)
  const columns = await columnsOf(forecourt, table)
  const texts = columns.filter(({ kept, name }) => !kept && name !== key && !KEPT.test(name))
  if (texts.length > 0) await saveRows(forecourt, table, key, columns, texts)
  return texts.length
}

async function saveRows(
  forecourt: TestForecourt,
  table: string,
  key: string,
  columns: readonly Column[],
  texts: readonly Column[],
): Promise<void> {
  for (let row = 0; row < ROWS; row++) {
    const result = Object.fromEntries(texts.map((column) => [column.name, valueOf(column, row)]))
    const keyed = columns.find(({ name }) => name === key)
    const own = await keyOf(forecourt, table, keyed, row)
    if (own === null) return
    const copied = await forecourt.sql(
      `insert into ${table} select (jsonb_populate_record(t, $1)).* from ${table} t
        order by ` + `${key} limit 1 on conflict do nothing`,
      [JSON.stringify({ ...uniqueOf(columns, row), ...result, [key]: own })],
    )
    if (copied.rowCount === 0) return writeOver(forecourt, table, result)
  }
}

/**
 * Where a row can't be copied, because it is the only one of another table's row: into the row
 * itself.
 */
async function writeOver(
  forecourt: TestForecourt,
  table: string,
  message: Readonly<Record<string, unknown>>,
): Promise<void> {
  const changes = Object.keys(message).map((column) => `${column} = said.${column}`)
  await forecourt.sql(
    `update ${table} t set ${changes.join(', ')} from jsonb_populate_record(null::${table}, ` +
      '$1) said',
    [JSON.stringify(message)],
  )
}

/** How many rows of a collection hold such a script. */
export async function countScripts(
  forecourt: TestForecourt,
  { slug }: SanitizedCollectionConfig,
): Promise<number> {
  const { name: table } = getCollectionTable(forecourt.payload, slug)
  const { rows } = await forecourt.sql(
    `select count(*)::int as rows from ${table} t where t::text like '%\\_\\_ran%'`,
  )
  return Number(rows[0]?.rows)
}

/** A key that no row has: of a serial the next number, of a text another text. */
async function keyOf(
  forecourt: TestForecourt,
  table: string,
  key: Column | undefined,
  row: number,
): Promise<unknown> {
  if (key?.type === 'uuid')
    return (await forecourt.sql('select gen_random_uuid() as id')).rows[0]?.id
  if (key?.type === 'integer')
    return (await forecourt.sql(`select nextval(pg_get_serial_sequence($1, 'id')) as id`, [table]))
      .rows[0]?.id
  return key ? `${row} ${SCRIPTS[row]}`.slice(0, key.length ?? 200) : null
}

/** A new value for each unique column that is kept: another e-mail or subject. */
const uniqueOf = (columns: readonly Column[], row: number) =>
  Object.fromEntries(
    columns
      .filter(({ unique, name, type }) => unique && type !== 'uuid' && KEPT.test(name))
      .map(({ name }) => [
        name,
        name === 'filename' ? `scripts-${row}.webp` : `scripts-${row}@forecourt.example`,
      ]),
  )

function valueOf({ type, length, unique }: Column, row: number): unknown {
  const own = SCRIPTS.filter((_, i) => i % ROWS === row)
  const all = [...own, ...SCRIPTS]
  if (type === 'jsonb')
    return {
      [own[0] ?? '']: all,
      url: own[1],
      make: own[2],
      fields: { [own[2] ?? '']: { from: own[0], to: own[1] } },
    }
  if (type === 'ARRAY') return own
  const text =
    length === null ? all.join(' ') : (own.find((one) => one.length <= length - 3) ?? own[0] ?? '')
  return (unique ? `${row} ${text}` : text).slice(0, length ?? 10_000)
}

async function columnsOf(forecourt: TestForecourt, table: string): Promise<Column[]> {
  const found = await forecourt.sql(
    `select c.column_name as name, c.data_type as type, c.character_maximum_length as length,
       c.data_type not in ('character varying', 'text', 'jsonb', 'ARRAY') or exists (
         select 1 from pg_constraint k where k.conrelid = $1::regclass and k.contype in ('c', 'f')
           and (select attnum from pg_attribute where attrelid = k.conrelid
           and attname = c.column_name) = any (k.conkey)) as kept,
       exists (select 1 from pg_index i where i.indrelid = $1::regclass and i.indisunique
         and pg_get_indexdef(i.indexrelid) ~ ('\\m' || c.column_name || '\\M')) as unique
     from information_schema.columns c where c.table_schema = 'public' and c.table_name = $1::text`,
    [table],
  )
  return found.rows as Column[]
}
