import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { type EmptyDatabase, createMigratedDatabase } from '../support/http-database.ts'
import { PARTIAL_UNIQUES } from '../support/partial-uniques.ts'
import { namesIn, read } from '../support/repository-files.ts'
import {
  type CatalogTable,
  type Query,
  readCatalog,
  removeCasts,
} from '../support/schema-catalog.ts'
import { DEVIATIONS } from '../support/schema-deviations.ts'
import { type Difference, findDifferences } from '../support/schema-differences.ts'
import { formatDefault, formatDocumentedType, readDocuments } from '../support/schema-documents.ts'
import { SchemaRows, type Values } from '../support/schema-rows.ts'

const LONG_AGO = '2001-02-03T04:05:06.000Z'
const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/**
 * The documented tables; none where the documents are not beside the project, which `readDocuments`
 * reports.
 */
const documents = readDocuments() ?? {}
const isDocumented = (table: string, column: string) =>
  documents[table]?.columns[column] !== undefined
const isHere = Object.keys(documents).length > 0

const describeDifference = ({ kind, at, is, documented }: Difference) =>
  `${kind} of ${at}: ${is}; documented: ${documented}`
const DECLARED = DEVIATIONS.flatMap((one) => one.at.map((at) => describeDifference({ ...one, at })))

let database: EmptyDatabase
let client: pg.Client
let catalog: Map<string, CatalogTable>
let rows: SchemaRows
const query: Query = (statement, values) => client.query(statement, values)
beforeAll(async () => {
  database = await createMigratedDatabase()
  client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
  catalog = await readCatalog(query)
  rows = new SchemaRows(query, catalog)
})
afterAll(async () => {
  await client.end()
  await database.drop()
})
beforeEach(() => client.query('begin'))
afterEach(() => client.query('rollback'))

/**
 * `done`, or the code that the database refuses the work with; a refusal leaves the transaction as
 * it was.
 */
async function attempt(work: () => Promise<unknown>): Promise<string> {
  await client.query('savepoint attempt')
  try {
    await work()
    return 'done'
  } catch (error) {
    await client.query('rollback to savepoint attempt')
    return (error as { code: string }).code
  }
}

describe('the deviations from the schema documents', () => {
  it('are those that are declared, no more and no less', () => {
    if (!isHere) return
    const found = findDifferences(documents, catalog).map(describeDifference)
    expect(found.filter((one) => !DECLARED.includes(one))).toEqual([])
    expect(DECLARED.filter((one) => !found.includes(one))).toEqual([])
    expect(new Set(DECLARED).size).toBe(DECLARED.length)
  })

  it.each([...new Set(DEVIATIONS.map(({ page }) => page))])(
    'of page %i are named by it',
    (page) => {
      const [file = ''] = namesIn('src/decisions').filter((name) =>
        name.startsWith(String(page).padStart(4, '0')),
      )
      const text = read(`src/decisions/${file}`)
      const places = DEVIATIONS.filter((one) => one.page === page).flatMap(({ at }) => at)
      const names = places.flatMap((at) =>
        at.includes('.') ? at.split('.').slice(1) : (at.match(/[a-z_0-9]+/g) ?? []),
      )
      expect([...new Set(names)].filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual(
        [],
      )
    },
  )
})

describe('a change of the tables', () => {
  it.each([
    [
      'alter table stations alter phone set not null',
      'null of stations.phone: NOT NULL; documented: NULL',
    ],
    [
      'alter table stations alter name drop not null',
      'null of stations.name: NULL; documented: NOT NULL',
    ],
    [
      'alter table stations alter phone type varchar(10)',
      'type of stations.phone: character varying(10); documented: character varying(20)',
    ],
    [
      'alter table competitors alter created_at type timestamp',
      'type of competitors.created_at: timestamp without time zone;',
    ],
    [
      'alter table vehicles alter is_active set default false',
      'default of vehicles.is_active: false; documented: true',
    ],
    [
      'alter table vehicles alter is_active drop default',
      'default of vehicles.is_active: none; documented: true',
    ],
    [
      'alter table stations alter phone set default 0',
      'default of stations.phone: 0; documented: none',
    ],
    [
      'alter table stations add check (latitude > 0)',
      'check of stations.latitude: latitude > 0; documented: none',
    ],
    [
      "alter table stations add check (phone in ('1', '2'))",
      'check of stations.phone: 1, 2; documented: none',
    ],
    [
      'alter table documents drop constraint documents_document_type_check',
      'check of documents.document_type: none;',
    ],
    [
      'create unique index on stations (name)',
      'unique of stations (name): all rows; documented: none',
    ],
    [
      'create unique index on stations (name) where phone is null',
      'unique of stations (name): phone IS NULL; documented: none',
    ],
    [
      'drop index pending_submissions_open_vin_idx',
      'unique of pending_submissions (vin): none; documented: all rows',
    ],
    [
      'drop index engines_name_lower_idx',
      'unique of engines (lower(name)): none; documented: all rows',
    ],
    [
      'alter table stations add foreign key (phone) references users (email)',
      'foreign key of stations.phone: users, no action;',
    ],
    [
      'alter table fuel_logs drop constraint fuel_logs_vehicle_id_vehicles_id_fk',
      'foreign key of fuel_logs.vehicle_id: none;',
    ],
    [
      'alter table stations add column extra int not null',
      'column of stations.extra: required; documented: none',
    ],
    [
      'alter table stations drop column phone',
      'column of stations.phone: none; documented: a column',
    ],
    [
      'alter table vehicles disable trigger vehicles_touch_updated_at',
      'trigger of vehicles: none;',
    ],
    [
      'create trigger other before update on stations for each row execute function ' +
        'forecourt_keep_trail()',
      'trigger of stations:',
    ],
    [
      'alter table fuel_logs drop constraint fuel_logs_pkey cascade',
      'primary key of fuel_logs: ; documented: id',
    ],
    ['drop table storage_alerts', 'table of storage_alerts: none; documented: a table'],
  ])('is found as a deviation: %s', async (statement, deviation) => {
    if (!isHere) return
    await client.query(statement)
    const found = findDifferences(documents, await readCatalog(query)).map(describeDifference)
    expect(found.filter((one) => !DECLARED.includes(one))).toEqual([
      expect.stringContaining(deviation),
    ])
  })
})

describe('updated_at', () => {
  const tables = () =>
    [...catalog.values()].filter(({ columns }) => columns.some(({ name }) => name === 'updated_at'))

  /**
   * Whether an UPDATE of a column, to the value that it has, moves `updated_at`, which lies long
   * ago.
   */
  async function isTouched(
    { name, primaryKey }: CatalogTable,
    key: Values,
    column: string,
  ): Promise<boolean> {
    const where = primaryKey.map((one, place) => `${one} = $${place + 1}`).join(' and ')
    await client.query('savepoint touched')
    const { rows: after } = await client.query<{ touched: boolean }>(
      `update ${name} set ${column} = ${column} where ${where}
       returning updated_at > clock_timestamp() - interval '1 minute' as touched`,
      primaryKey.map((one) => key[one]),
    )
    await client.query('rollback to savepoint touched')
    return after[0]?.touched ?? false
  }

  it('of every documented table is set by the database on an SQL UPDATE of any column', async () => {
    const untouched: string[] = []
    for (const table of tables().filter(({ name }) => isDocumented(name, 'updated_at'))) {
      const row = await rows.insert(table.name, { updated_at: LONG_AGO })
      for (const { name } of table.columns)
        if (!(await isTouched(table, row, name))) untouched.push(`${table.name}.${name}`)
    }
    expect(untouched).toEqual([])
  })

  it('of every other table is left to Payload', async () => {
    if (!isHere) return
    for (const table of tables().filter(
      ({ name }) => !isDocumented(name, 'updated_at') && !name.startsWith('payload_'),
    )) {
      const row = await rows.insert(table.name, { updated_at: LONG_AGO })
      const [key = 'id'] = table.primaryKey
      expect([table.name, await isTouched(table, row, key)]).toEqual([table.name, false])
    }
  })
})

describe('a documented default', () => {
  it('is what a row has that was inserted without it', async () => {
    const wrong: unknown[] = []
    for (const [name, table] of Object.entries(documents)) {
      const defaults = Object.entries(table.columns).filter(
        ([, column]) => column.default !== undefined,
      )
      const row = defaults.length > 0 ? await rows.insert(name) : {}
      for (const [column, about] of defaults) {
        const isUuid = about.type === 'uuid'
        const expression = `(${formatDefault(about.default)})::${formatDocumentedType(table, about)}`
        const [wanted] = isUuid
          ? []
          : (await client.query<Values>(`select ${expression} as value`)).rows
        const holds = isUuid
          ? UUID_V4.test(String(row[column]))
          : same(row[column], wanted?.['value'])
        if (!holds)
          wrong.push({ column: `${name}.${column}`, is: row[column], documented: about.default })
      }
    }
    expect(wrong).toEqual([])
  })

  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
})

describe('a partial unique index', () => {
  it('is one of those below, for the rows that are named there', () => {
    const partial = [...catalog.values()].flatMap(({ uniques }) =>
      uniques.filter(({ where }) => where !== null),
    )
    expect(
      Object.fromEntries(partial.map(({ name, where }) => [name, removeCasts(where ?? '')])),
    ).toEqual(
      Object.fromEntries(Object.entries(PARTIAL_UNIQUES).map(([name, { where }]) => [name, where])),
    )
  })

  it.each(Object.entries(PARTIAL_UNIQUES))(
    '%s refuses a second row inside, and none outside',
    async (index, about) => {
      const table = [...catalog.values()].find(({ uniques }) =>
        uniques.some(({ name }) => name === index),
      )
      if (!table) throw new Error(`No table has the index ${index}.`)
      const columns = table.uniques.find(({ name }) => name === index)?.columns ?? []
      const references = await rows.insertReferences(table.name, columns)
      const first = await rows.insert(table.name, {
        ...references,
        ...about.key,
        ...about.inside[0],
      })
      const key = {
        ...about.key,
        ...Object.fromEntries(columns.map((column) => [column, first[column]])),
      }
      const insert = (values: Values) =>
        attempt(() => rows.insert(table.name, { ...key, ...values }))
      for (const values of about.inside)
        expect([values, await insert(values)]).toEqual([values, '23505'])
      for (const values of [...about.outside, ...about.outside])
        expect([values, await insert(values)]).toEqual([values, 'done'])
      const back = Object.entries({ ...key, ...about.inside[0] })
      const set = back.map(([column], place) => `${column} = $${place + 2}`).join(', ')
      const values = back.map(([, value]) => value)
      const move = () =>
        client.query(`update ${table.name} set ${set} where id <> $1`, [first['id'], ...values])
      expect(await attempt(move)).toBe('23505')
    },
  )
})
