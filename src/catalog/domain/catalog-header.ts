import { quoteValue } from '../../domain/input-values.ts'

/** The columns of a catalog file, as it should name them. */
export const CATALOG_COLUMNS = ['year', 'make', 'model', 'trim', 'engine', 'transmission'] as const

export type CatalogColumn = (typeof CATALOG_COLUMNS)[number]

/** Where each column is in the lines of a file; null for an optional one that is not there. */
export type CatalogHeader = Record<CatalogColumn, number | null>

const OPTIONAL: readonly CatalogColumn[] = ['engine', 'transmission']

/** Other names of columns, without the spaces and signs that `foldName` removes. */
const OTHER_NAMES: Readonly<Record<string, CatalogColumn>> = {
  modelyear: 'year',
  makename: 'make',
  modelname: 'model',
  trimname: 'trim',
  trimlevel: 'trim',
  enginename: 'engine',
  transmissiontype: 'transmission',
}

/**
 * Finds the columns in the first line of a catalog file. Case, spaces and signs do not matter:
 * `Model Year` and `MODEL_YEAR` are the same. Other columns are ignored. The problem names what is
 * missing or there twice.
 */
export function parseCatalogHeader(
  cells: readonly string[],
): { header: CatalogHeader } | { problem: string } {
  const found = cells.map(findColumn)
  const repeated = CATALOG_COLUMNS.find(
    (column) => found.indexOf(column) !== found.lastIndexOf(column),
  )
  if (repeated) return { problem: `has two columns for ${repeated}; remove one of them` }
  const missing = CATALOG_COLUMNS.filter(
    (column) => !found.includes(column) && !OPTIONAL.includes(column),
  )
  if (missing.length > 0)
    return {
      problem:
        `does not name ${missing.join(', ')} in its first line, ${quoteValue(cells.join(','))}; ` +
        `the first line must be ${CATALOG_COLUMNS.join(',')}, in any order, separated by commas`,
    }
  const locate = (column: CatalogColumn) => {
    const index = found.indexOf(column)
    return index === -1 ? null : index
  }
  return {
    header: {
      year: locate('year'),
      make: locate('make'),
      model: locate('model'),
      trim: locate('trim'),
      engine: locate('engine'),
      transmission: locate('transmission'),
    },
  }
}

function findColumn(cell: string): CatalogColumn | null {
  const name = foldName(cell)
  return CATALOG_COLUMNS.find((column) => column === name) ?? OTHER_NAMES[name] ?? null
}

const foldName = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '')
