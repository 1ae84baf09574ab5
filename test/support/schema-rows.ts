import { type CatalogTable, type Query, readListedValues } from './schema-catalog.ts'

export type Values = Record<string, unknown>

/** What a row needs beyond the columns that may not be NULL: a CHECK over two columns. */
const NEEDED: Readonly<Record<string, Values>> = { vehicles: { license_plate: 'ABC 123' } }

/**
 * Tables that are filled by a migration and whose keys are a short list: they make room for a row
 * of a test.
 */
const SEEDED = ['email_templates', 'backup_settings', 'export_feeds']

/**
 * Inserts rows by SQL with only the columns that have to be given, each with the rows that it
 * refers to.
 */
export class SchemaRows {
  readonly #query: Query
  readonly #catalog: ReadonlyMap<string, CatalogTable>
  #count = 0

  constructor(query: Query, catalog: ReadonlyMap<string, CatalogTable>) {
    this.#query = query
    this.#catalog = catalog
  }

  /**
   * Inserts a row, with the rows that it refers to; answers it as the database has it. `values` are
   * added or replace what is made up.
   */
  async insert(name: string, values: Values = {}): Promise<Values> {
    const table = this.#catalog.get(name)
    if (!table) throw new Error(`There is no table ${name}.`)
    if (SEEDED.includes(name)) await this.#query(`delete from ${name}`)
    const row = { ...(await this.#requiredValues(table)), ...NEEDED[name], ...values }
    const places = Object.keys(row).map((_, place) => `$${place + 1}`)
    const statement =
      `insert into ${name} (${Object.keys(row).join(', ')}) values (${places.join(', ')})
        ` + 'returning *'
    const { rows } = await this.#query(statement, Object.values(row))
    return (rows as Values[])[0] ?? {}
  }

  /** Inserts a row for each of the columns that refer to one; answers the columns with its id. */
  async insertReferences(name: string, columns: readonly string[]): Promise<Values> {
    const values: Values = {}
    for (const { column, table } of this.#catalog.get(name)?.references ?? [])
      if (columns.includes(column)) values[column] = (await this.insert(table))['id']
    return values
  }

  async #requiredValues(table: CatalogTable): Promise<Values> {
    const values: Values = {}
    for (const { name, notNull, type, default: preset } of table.columns)
      if (notNull && preset === null) values[name] = await this.#valueFor(table, name, type)
    return values
  }

  async #valueFor(table: CatalogTable, column: string, type: string): Promise<unknown> {
    const reference = table.references.find((one) => one.column === column)
    if (reference) return (await this.insert(reference.table))['id']
    const check = table.checks.find(({ columns }) => columns.length === 1 && columns[0] === column)
    const [listed] = (check && readListedValues(check)) ?? []
    return listed ?? this.#plainValue(type)
  }

  #plainValue(type: string): unknown {
    this.#count += 1
    if (type.startsWith('character varying') || type === 'text') return `text ${this.#count}`
    if (type.startsWith('timestamp') || type === 'date') return '2026-03-01T10:00:00Z'
    if (type === 'jsonb') return '{}'
    if (/^(integer|bigint|numeric)/.test(type)) return 1
    if (type === 'boolean') return false
    throw new Error(`No value of type ${type} is made up here yet; add one.`)
  }
}
