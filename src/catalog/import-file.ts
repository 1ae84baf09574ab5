import { stat } from 'node:fs/promises'
import { type Pool, withTransaction } from '../database/with-transaction.ts'
import { UserError } from '../user-error.ts'
import { parseCatalogHeader } from './domain/catalog-header.ts'
import { type CatalogRow, createRowParser } from './domain/catalog-row.ts'
import { type CsvLine, readCsvLines } from './read-file.ts'
import { RefusedFile } from './refused-file.ts'
import { mergeStagedRows, type MergeResult, prepareMerge, stageRows } from './store/merge.ts'

/** `print` receives lines about the progress. */
export type CatalogImportOptions = {
  file: string
  pool: Pool
  now: Date
  print: (line: string) => void
}

/**
 * What an import did: how many lines it read, added, already knew (in the catalog, or earlier in
 * the file) and refused, the file of the refused ones, and how many engines and transmissions are
 * new.
 */
export type CatalogImport = Omit<MergeResult, 'options'> & {
  read: number
  added: number
  known: number
  refused: number
  refusedFile: string | null
}

type Counts = { read: number; refused: number }

const LINES_BETWEEN_REPORTS = 100_000

/**
 * Imports a CSV file into the catalog: all of its valid lines in one transaction, or nothing. The
 * others are written to a file beside it, with the reasons. A second import adds nothing. Throws a
 * UserError for a file that is not a catalog.
 */
export async function importCatalogFile(options: CatalogImportOptions): Promise<CatalogImport> {
  const { file, now, pool, print } = options
  const lines = readCsvLines(file)
  const header = await readHeader(file, lines)
  const refused = new RefusedFile(file, header.cells)
  const parseRow = createRowParser(header.columns, header.cells.length, now.getUTCFullYear() + 1)
  const counts: Counts = { read: 0, refused: 0 }
  const report = await createReport(options)
  try {
    const merged = await withTransaction(pool, async (client) => {
      await prepareMerge(client)
      await stageRows(client, parseRows(lines, parseRow, refused, counts, report))
      await refused.close()
      print(`${formatNumber(counts.read)} lines read. Adding what is new …`)
      return mergeStagedRows(client, () => print('Waiting for another import …'))
    })
    const { options: added, ...others } = merged
    const known = counts.read - counts.refused - added
    return { ...counts, ...others, added, known, refusedFile: refused.keep() }
  } catch (error) {
    await refused.discard()
    throw error
  }
}

async function readHeader(file: string, lines: AsyncGenerator<CsvLine>) {
  const first = await lines.next()
  const cells = first.done ? [] : first.value.cells
  const parsed = parseCatalogHeader(cells)
  if ('header' in parsed) return { cells, columns: parsed.header }
  await lines.return(undefined)
  throw new UserError(`${file} ${parsed.problem}. Nothing was imported.`)
}

/** Yields the valid rows, and writes the others to the file of refused ones. */
async function* parseRows(
  lines: AsyncGenerator<CsvLine>,
  parseRow: ReturnType<typeof createRowParser>,
  refused: RefusedFile,
  counts: Counts,
  report: (counts: Counts, bytes: number) => void,
): AsyncGenerator<CatalogRow> {
  for await (const { bytes, cells, number } of lines) {
    counts.read++
    const parsed = parseRow(cells)
    if ('value' in parsed) yield parsed.value
    else {
      counts.refused++
      await refused.add(number, parsed.problem, cells)
    }
    if (counts.read % LINES_BETWEEN_REPORTS === 0) report(counts, bytes)
  }
}

async function createReport({ file, print }: CatalogImportOptions) {
  const { size } = await stat(file)
  return ({ read, refused }: Counts, bytes: number) =>
    print(
      `${formatNumber(read)} lines read (${Math.floor((100 * bytes) / size)}%), ` +
        `${formatNumber(refused)} refused`,
    )
}

const formatNumber = (number: number) => number.toLocaleString('en-US')
