import { readFile } from 'node:fs/promises'
import {
  buildSchema,
  type GraphQLInputObjectType,
  type GraphQLSchema,
  isInputObjectType,
  isListType,
} from 'graphql'
import type { SanitizedCollectionConfig } from 'payload'
import { type ColumnKind, findColumnKind } from '../../src/api/where/filters.ts'
import { getFieldColumn, getCollectionTable } from '../../src/database/tables.ts'
import { type Api, openForecourt, type TestForecourt } from './forecourt.ts'
import { getCollection, getGraphqlNames } from './proof-names.ts'
import { Rows } from './proof-rows.ts'
import { ABSENT, MALFORMED, MALFORMED_CHOICES, buildSqlCondition } from './query-values.ts'

/**
 * A column that rows are found by, the values that rows have in it, and the ids of the rows that an
 * admin sees of its table.
 */
export type Column = {
  slug: string
  name: string
  kind: ColumnKind
  refers: boolean
  table: string
  key: string
  column: string
  seen: string[]
  present: string[]
}

/**
 * One value of a filter as it is written, a list with several, and whether it is refused. `null` is
 * "no value".
 */
export type Value = { values: (string | null)[]; isMalformed: boolean }

const ROWS = 4
const TEXTS = ['100% électrique', 'a_b\\c', 'Éclair', 'honda ACCORD']

/**
 * A Forecourt with rows in every table, some with odd texts, and an admin who finds them over REST,
 * GraphQL and SQL.
 */
export class QueryStage {
  readonly columns: Column[] = []
  /** Columns that an admin may not filter by. */
  readonly hidden: string[] = []
  readonly forecourt: TestForecourt
  readonly #admin: Api
  readonly #schema: GraphQLSchema

  private constructor(forecourt: TestForecourt, admin: Api, schema: GraphQLSchema) {
    this.forecourt = forecourt
    this.#admin = admin
    this.#schema = schema
  }

  static async open(): Promise<QueryStage> {
    const forecourt = await openForecourt()
    const schema = buildSchema(await readFile('src/generated/schema.graphql', 'utf8'))
    const stage = new QueryStage(forecourt, await forecourt.as('admin'), schema)
    const rows = new Rows(forecourt, [])
    for (const { slug } of forecourt.payload.config.collections.filter(
      (one) => !one.slug.startsWith('payload-'),
    )) {
      for (let count = 0; count < ROWS; count++) await rows.save(slug, 'nobody')
      await stage.#plantOddTexts(getCollection(forecourt.payload, slug))
      await stage.#findColumns(getCollection(forecourt.payload, slug))
    }
    return stage
  }

  close = () => this.forecourt.close()

  /**
   * The values that an operator is tried with on a column: those that rows have, others, and odd
   * ones.
   */
  valuesFor({ kind, present }: Column, operator: string): Value[] {
    const fine = (values: readonly (string | null)[]) =>
      values.map((value): Value => ({ values: [value], isMalformed: false }))
    const buildMalformed = (values: readonly string[]) =>
      values.map((value): Value => ({ values: [value], isMalformed: true }))
    if (operator === 'exists')
      return [...fine(['true', 'false']), ...buildMalformed(MALFORMED_CHOICES)]
    const good = [...present, ...ABSENT[kind]]
    if (['like', 'not_like', 'contains'].includes(operator))
      return [
        ...fine(good),
        ...buildMalformed(
          kind === 'choice' ? [] : MALFORMED[kind].filter((text) => !/[\n\t\u2028]/.test(text)),
        ),
      ]
    if (operator.includes('than')) return [...fine(good), ...buildMalformed(MALFORMED[kind])]
    if (operator === 'in' || operator === 'not_in') {
      const lists = [good.slice(0, 3), [null, ...good.slice(0, 2)], []].map((values): Value => ({
        values,
        isMalformed: false,
      }))
      return [...fine([...good, null]), ...lists, ...buildMalformed(MALFORMED[kind])]
    }
    return kind === 'list'
      ? [...fine([null]), ...buildMalformed(MALFORMED[kind])]
      : [...fine([...good, null]), ...buildMalformed(MALFORMED[kind])]
  }

  /** The ids of the rows that REST finds, or the status that it refuses with. */
  async queryRest(
    { slug, name, kind, seen }: Column,
    operator: string,
    value: Value,
  ): Promise<{ answer: string[] | number; text: string }> {
    const among = seen.map((id) => `where[id][in][]=${encodeURIComponent(id)}`).join('&')
    const filter = writeAddress(`where[and][0][${name}][${operator}]`, operator, value, kind)
    const { body, status, text } = await this.#admin.get(
      `/api/${slug}?limit=100&depth=0&select[id]=true&${among}&${filter}`,
    )
    return { answer: status === 200 ? listIds(body.docs) : status, text: text.slice(0, 300) }
  }

  async querySql(
    { table, key, column, kind, seen }: Column,
    operator: string,
    { values }: Value,
  ): Promise<string[]> {
    const { sql, parameter } = buildSqlCondition(kind, operator, values)
    // as the API answers it
    const answered = kind === 'instant' ? `date_trunc('milliseconds', ${column})` : column
    const statement =
      `select id from (select ${key}::text as id, ${answered} as c
        from ${table}) as one ` + `where id = any($2) and (${sql})`
    return listIds(
      (await this.forecourt.sql(statement, [parameter, seen])).rows as { id: string }[],
    )
  }

  /**
   * The ids of the rows that GraphQL finds, or 400; undefined where its schema does not have the
   * operator or the value.
   */
  async queryGraphql(
    column: Column,
    operator: string,
    { values }: Value,
  ): Promise<{ answer: string[] | number; text: string } | undefined> {
    const { many } = getGraphqlNames(getCollection(this.forecourt.payload, column.slug))
    const where = this.#schema
      .getQueryType()
      ?.getFields()
      [many]?.args.find(({ name }) => name === 'where')?.type as GraphQLInputObjectType
    const type = findOperator(where, column.name, operator)
    if (!type || values.some((value) => value !== null && isOutOfSchema(String(type), value)))
      return undefined
    const written = values.map((value) =>
      value === null ? null : writeVariable(column.kind, operator, value, String(type)),
    )
    const value = isListType(type) ? written : (written[0] ?? null)
    const idType = String(findOperator(where, 'id', 'equals'))
    const among = column.seen.map((id) => ({
      id: { equals: /Int|Float/.test(idType) ? Number(id) : id },
    }))
    const variables = { where: { [column.name]: { [operator]: value }, AND: [{ OR: among }] } }
    const query = `query ($where: ${where.name}) { ${many}(where: $where, limit: 100) { docs { id } } }`
    const { body } = await this.#admin.post('/api/graphql').send({ query, variables })
    const docs = (body as { data?: Record<string, { docs: { id: string }[] } | null> }).data?.[many]
      ?.docs
    return {
      answer: docs ? listIds(docs) : 400,
      text: JSON.stringify(body.errors ?? null).slice(0, 300),
    }
  }

  /** Writes odd texts into the rows of a table, where its constraints take them. */
  async #plantOddTexts(collection: SanitizedCollectionConfig): Promise<void> {
    const { name: table, key } = getCollectionTable(this.forecourt.payload, collection.slug)
    for (const field of collection.flattenedFields) {
      const kind = findColumnKind(field)
      if (
        !['line', 'lines', 'list'].includes(String(kind)) ||
        field.name === 'id' ||
        field.type === 'email'
      )
        continue
      const column = getFieldColumn(this.forecourt.payload, table, field.name)
      for (const [at, text] of TEXTS.entries()) {
        const row = `(select ${key} from ${table} order by ${key}::text offset ${at} limit 1)`
        const statement = `update ${table} set ${column} = $1 where ${key} = ${row}`
        await this.forecourt
          .sql(statement, [kind === 'list' ? [text] : text])
          .catch(() => undefined) // a constraint refuses it
      }
    }
  }

  async #findColumns({ slug, flattenedFields }: SanitizedCollectionConfig): Promise<void> {
    const { name: table, key } = getCollectionTable(this.forecourt.payload, slug)
    const { body } = await this.#admin
      .get(`/api/${slug}?limit=20&depth=0&select[id]=true&sort=id`)
      .expect(200)
    const seen = listIds(body.docs)
    for (const field of flattenedFields) {
      const refers = field.type === 'relationship' || field.type === 'upload'
      const target =
        refers && typeof field.relationTo === 'string'
          ? getCollection(this.forecourt.payload, field.relationTo)
          : undefined
      const id = target?.flattenedFields.find(({ name }) => name === 'id')
      const kind = target && !id ? 'uuid' : findColumnKind(id ?? field)
      if (!kind || ('virtual' in field && field.virtual)) continue
      const column = getFieldColumn(this.forecourt.payload, table, field.name)
      const refused =
        (await this.#admin.get(`/api/${slug}/count?where[${field.name}][exists]=true`)).status ===
        400
      if (refused) this.hidden.push(`${slug}.${field.name}`)
      else
        this.columns.push({
          slug,
          name: field.name,
          kind,
          refers,
          table,
          key,
          column,
          seen,
          present: await this.#listPresent(table, column, kind),
        })
    }
  }

  async #listPresent(table: string, column: string, kind: ColumnKind): Promise<string[]> {
    const ofKind: Partial<Record<ColumnKind, string>> = {
      instant: `to_char(c at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
      list: 'c[1]',
    }
    const text = ofKind[kind] ?? 'c::text'
    const statement =
      `select distinct ${text} as text from (select ${column} as c
        from ${table}) as one ` + 'where c is not null order by 1 limit 3'
    const { rows } = await this.forecourt.sql(statement)
    return (rows as { text: string | null }[]).flatMap(({ text: value }) =>
      value === null || value.trim() === '' ? [] : [value],
    )
  }
}

const listIds = (docs: { id: string | number }[]) => docs.map(({ id }) => String(id)).sort()

function findOperator(where: GraphQLInputObjectType, field: string, operator: string) {
  const operators = where.getFields()[field]?.type
  return isInputObjectType(operators) ? operators.getFields()[operator]?.type : undefined
}

/**
 * A choice of GraphQL has names instead of values, and its e-mail addresses and whole numbers are
 * checked by their type.
 */
const isOutOfSchema = (type: string, value: string) =>
  (type.includes('BigInt') && /^-?\d+\.\d+$/.test(value)) ||
  (type.includes('EmailAddress') && !/^\S+@\S+$/.test(value)) ||
  (/_Input|_MutationInput/.test(type) && !/^\w+$/.test(value))

function writeAddress(
  start: string,
  operator: string,
  { values }: Value,
  kind: ColumnKind,
): string {
  const written = values.map((value) => encodeURIComponent(value ?? 'null'))
  if (operator !== 'in' && operator !== 'not_in') return `${start}=${written[0] ?? ''}`
  if (values.length === 0) return `${start}[]=`
  const withCommas = !['line', 'lines', 'list'].includes(kind) && values.length > 1
  return withCommas
    ? `${start}=${written.join(',')}`
    : written.map((value) => `${start}[]=${value}`).join('&')
}

function writeVariable(kind: ColumnKind, operator: string, value: string, type: string): unknown {
  if (operator === 'exists' || kind === 'checkbox')
    return value === 'true' ? true : value === 'false' ? false : value
  const isNumber =
    /Int|Float|BigInt/.test(type) ||
    (type.includes('JSON') && ['number', 'whole', 'big'].includes(kind))
  return isNumber && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
}
