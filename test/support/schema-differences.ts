import { type CatalogTable, readListedValues, removeCasts } from './schema-catalog.ts'
import {
  type DocumentedTable,
  formatDefault,
  formatDocumentedType,
  type SchemaDocuments,
} from './schema-documents.ts'

/** What can differ: each is one property of a column, or of a table where `at` names no column. */
export type DifferenceKind =
  | 'table'
  | 'column'
  | 'type'
  | 'null'
  | 'default'
  | 'primary key'
  | 'unique'
  | 'check'
  | 'foreign key'
  | 'trigger'

/**
 * One property that the database has otherwise than the documents. `none` stands for a property
 * that is not there.
 */
export type Difference = { kind: DifferenceKind; at: string; is: string; documented: string }

type Find = (table: CatalogTable, documented: DocumentedTable) => Difference[]

/**
 * Every difference between the documents and a database, whether the database is stricter or
 * looser.
 */
export function findDifferences(
  documents: SchemaDocuments,
  catalog: ReadonlyMap<string, CatalogTable>,
): Difference[] {
  return Object.entries(documents).flatMap(([name, documented]) => {
    const table = catalog.get(name)
    if (!table) return [{ kind: 'table' as const, at: name, is: 'none', documented: 'a table' }]
    return FINDERS.flatMap((find) => find(table, documented)).filter(
      ({ is, documented }) => is !== documented,
    )
  })
}

const findColumns: Find = ({ name, columns }, documented) => {
  const missing = Object.keys(documented.columns).filter(
    (column) => !columns.some((one) => one.name === column),
  )
  const added = columns.filter(
    (column) => !documented.columns[column.name] && column.notNull && column.default === null,
  )
  return [
    ...missing.map((column) => ({
      kind: 'column' as const,
      at: `${name}.${column}`,
      is: 'none',
      documented: 'a column',
    })),
    ...added.map((column) => ({
      kind: 'column' as const,
      at: `${name}.${column.name}`,
      is: 'required',
      documented: 'none',
    })),
  ]
}

const findTypesAndDefaults: Find = ({ name, columns }, documented) =>
  columns.flatMap((column): Difference[] => {
    const wanted = documented.columns[column.name]
    if (!wanted) return []
    const at = `${name}.${column.name}`
    const nullable = (notNull: boolean | undefined) => (notNull ? 'NOT NULL' : 'NULL')
    const preset =
      wanted.type === 'serial' ? `nextval('${name}_${column.name}_seq')` : wanted.default
    return [
      { kind: 'type', at, is: column.type, documented: formatDocumentedType(documented, wanted) },
      { kind: 'null', at, is: nullable(column.notNull), documented: nullable(wanted.notNull) },
      { kind: 'default', at, is: formatDefault(column.default), documented: formatDefault(preset) },
    ]
  })

const findKeys: Find = ({ name, primaryKey }, documented) => {
  const wanted = Object.keys(documented.columns).filter(
    (column) => documented.columns[column]?.primaryKey,
  )
  return [
    { kind: 'primary key', at: name, is: primaryKey.join(', '), documented: wanted.join(', ') },
  ]
}

/** An index over columns that no document knows holds nothing that a document allows. */
const findUniques: Find = ({ name, uniques }, documented) => {
  const single = Object.keys(documented.columns).filter(
    (column) => documented.columns[column]?.unique,
  )
  const wanted = [...single, ...(documented.uniqueIndexes ?? []).map((on) => on.toLowerCase())]
  const documentedUniques = uniques.filter(
    ({ columns }) => columns.length === 0 || columns.some((column) => documented.columns[column]),
  )
  const found = new Map(
    documentedUniques.map(({ on, where }) => [
      readExpressions(on),
      where ? removeCasts(where) : 'all rows',
    ]),
  )
  return [...new Set([...wanted, ...found.keys()])].map((on) => ({
    kind: 'unique',
    at: `${name} (${on})`,
    is: found.get(on) ?? 'none',
    documented: wanted.includes(on) ? 'all rows' : 'none',
  }))
}

/** The columns and expressions of an index, as the documents write them. */
const readExpressions = (on: string) => removeCasts(on).replaceAll('"', '')

const findChecks: Find = ({ name, checks }, documented) => {
  const listed = new Map(
    Object.entries(documented.columns).map(([column, { oneOf }]) => [column, oneOf]),
  )
  const found = checks.filter(({ columns }) => columns.some((column) => listed.has(column)))
  const unchecked = [...listed].filter(
    ([column, oneOf]) =>
      oneOf && !found.some(({ columns }) => columns.length === 1 && columns[0] === column),
  )
  const missing = unchecked.map(([column, oneOf]) => ({
    at: `${name}.${column}`,
    is: 'none',
    documented: formatList(oneOf),
  }))
  const held = found.map((check) => {
    const [column = '', another] = check.columns
    const at = another ? name : `${name}.${column}`
    const values = readListedValues(check)
    return {
      at,
      is: values ? formatList(values) : removeCasts(check.condition),
      documented: formatList(listed.get(column)),
    }
  })
  return [...missing, ...held].map((difference) => ({ kind: 'check', ...difference }))
}

const formatList = (values: readonly string[] | undefined) =>
  values ? [...values].sort().join(', ') : 'none'

const findReferences: Find = ({ name, references }, documented) => {
  const wanted = new Map(
    Object.entries(documented.columns).flatMap(([column, { references: to }]) =>
      to ? [[column, `${to.table}, ${to.onDelete ?? 'no action'}`] as const] : [],
    ),
  )
  const found = new Map(
    references.map(({ column, table, onDelete }) => [column, `${table}, ${onDelete}`]),
  )
  return [...new Set([...wanted.keys(), ...found.keys()])]
    .filter((column) => documented.columns[column])
    .map((column) => ({
      kind: 'foreign key',
      at: `${name}.${column}`,
      is: found.get(column) ?? 'none',
      documented: wanted.get(column) ?? 'none',
    }))
}

/** What the documents call "auto-update updated_at". */
const TOUCH = 'forecourt_touch_updated_at'

const findTriggers: Find = ({ name, triggers }, { updatedAtTrigger }) => {
  const wanted = updatedAtTrigger ? [TOUCH] : []
  return [...new Set([...triggers, ...wanted])].map((trigger) => ({
    kind: 'trigger',
    at: name,
    is: triggers.includes(trigger) ? trigger : 'none',
    documented: wanted.includes(trigger) ? trigger : 'none',
  }))
}

const FINDERS: readonly Find[] = [
  findColumns,
  findTypesAndDefaults,
  findKeys,
  findUniques,
  findChecks,
  findReferences,
  findTriggers,
]
