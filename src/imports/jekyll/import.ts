import { UserError } from '../../user-error.ts'
import type { Car, Note, Refusal } from './car.ts'
import { diffCar } from './compare.ts'
import { CarRefused } from './inventory-store.ts'
import type { ImportedCar, InventoryStore, InventoryWrites } from './inventory-store.ts'
import { listFolder, readSource } from './read.ts'
import type { FolderListing } from './read.ts'
import { toCar } from './to-car.ts'
import type { CarFromFile } from './to-car.ts'

/**
 * `print` receives occasional progress lines during a long run. `dryRun` determines the same
 * outcomes but stores nothing.
 */
export interface ImportOptions {
  folder: string
  store: InventoryStore
  now: Date
  /** The currency of the lot. */
  currency: string
  dryRun: boolean
  print: (line: string) => void
}

/**
 * The outcome of one file. `fields` contains the API names of the written columns, `unmapped` the
 * keys without a column.
 */
export type FileOutcome = { file: string; unmapped: readonly string[] } & (
  | {
      kind: 'created' | 'unchanged'
      car: Car
      notes: readonly Note[]
    }
  | {
      kind: 'changed'
      car: Car
      notes: readonly Note[]
      fields: readonly string[]
    }
  | { kind: 'refused'; refusals: readonly Refusal[] }
)

/**
 * One outcome for every Markdown file, sorted by name. `skipped` lists the other entries of the
 * folder; `left` lists the available imported cars without a file in it.
 */
export interface ImportReport {
  folder: string
  dryRun: boolean
  outcomes: readonly FileOutcome[]
  skipped: FolderListing['skipped']
  left?: readonly ImportedCar[]
}

const FILES_BETWEEN_LINES = 50

/**
 * The first file of this run with each VIN and each stock number. `named` contains the VINs of all
 * files, including refused ones.
 */
type Claims = {
  vins: Map<string, string>
  stockNumbers: Map<string, string>
  named: Set<string>
}

/**
 * Imports a folder of site files into the inventory: each file is one car, matched by its VIN.
 * Idempotent: a second run changes nothing. A refused file does not block the others.
 *
 * Throws if the folder cannot be read, and if the store fails with an error other than CarRefused:
 * the files before it are then stored, and the message states how many were processed.
 */
export async function importFolder(options: ImportOptions): Promise<ImportReport> {
  const { folder, dryRun } = options
  const { names, skipped } = await listFolder(folder)
  const claims: Claims = { vins: new Map(), stockNumbers: new Map(), named: new Set() }
  const outcomes: FileOutcome[] = []
  for (const file of names) {
    outcomes.push(
      await importFile(file, options, claims).catch((cause: unknown) =>
        failImport(file, outcomes, names.length, cause),
      ),
    )
    const done = outcomes.length
    if (done % FILES_BETWEEN_LINES === 0 && done < names.length)
      options.print(`${done} of ${names.length} files processed`)
  }
  return { folder, dryRun, outcomes, skipped, left: await findLeft(options.store, claims) }
}

/**
 * Finds the imported cars without a file. They are not changed: a missing file does not mean that
 * the car was sold.
 */
async function findLeft(store: InventoryStore, { named }: Claims): Promise<ImportedCar[]> {
  const imported = (await store.findImported?.()) ?? []
  return imported.filter(({ vin }) => !named.has(vin))
}

/**
 * Throws an error that also names the files that were refused so far, because an aborted run has no
 * report.
 */
function failImport(
  file: string,
  outcomes: readonly FileOutcome[],
  total: number,
  cause: unknown,
): never {
  const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '')
  const wayOut =
    `${outcomes.length} of ${total} files were processed before that. Fix the problem and run ` +
    'the import again: saved cars are not imported twice.'
  const refused = outcomes.flatMap((outcome) =>
    outcome.kind === 'refused'
      ? [`${outcome.file}: ${outcome.refusals.map((refusal) => refusal.reason).join(' ')}`]
      : [],
  )
  throw new UserError(
    [`the import stopped at ${file}: ${reason}. ${wayOut}`, ...refused].join('\n'),
    { cause },
  )
}

async function importFile(
  file: string,
  options: ImportOptions,
  claims: Claims,
): Promise<FileOutcome> {
  const source = await readSource(options.folder, file)
  if ('refusals' in source)
    return { file, kind: 'refused', refusals: source.refusals, unmapped: [] }
  const read = toCar(source, options)
  const { unmapped } = read
  const refusals = [
    ...('refusals' in read ? read.refusals : []),
    ...claimNumbers(file, read, claims),
  ]
  if ('refusals' in read || refusals.length > 0)
    return { file, kind: 'refused', refusals, unmapped }
  const { car, notes } = read
  try {
    const fields = await save(car, options)
    if (fields === null) return { file, kind: 'created', car, notes, unmapped }
    if (fields.length === 0) return { file, kind: 'unchanged', car, notes, unmapped }
    return { file, kind: 'changed', car, notes, unmapped, fields }
  } catch (error) {
    if (!(error instanceof CarRefused)) throw error
    return { file, kind: 'refused', refusals: error.problems.map(toStoreRefusal), unmapped }
  }
}

/** Saves a car. Returns null for a new car, or else the columns that were written. */
async function save(car: Car, { store, dryRun }: ImportOptions): Promise<string[] | null> {
  const writes: InventoryWrites | undefined = dryRun ? store.dryRun : store
  const row = await store.findByVin(car.vin)
  if (!row) {
    await writes?.create(car)
    return null
  }
  const changes = diffCar(row, car)
  const fields = Object.keys(changes)
  if (fields.length > 0) await writes?.update(row.id, changes)
  return fields
}

/**
 * Records the numbers of a file that produced a car. A refused file does not claim its numbers, so
 * that a later, correct file is not blocked.
 */
function claimNumbers(
  file: string,
  read: CarFromFile,
  { vins, stockNumbers, named }: Claims,
): Refusal[] {
  const vin = 'car' in read ? read.car.vin : read.vin
  if (vin !== undefined) named.add(vin)
  const stockNumber = 'car' in read ? read.car.stockNumber : undefined
  const refusals = [
    ...refuseDuplicate('vin', vin, vins),
    ...refuseDuplicate('stock_number', stockNumber, stockNumbers),
  ]
  if (refusals.length > 0 || 'refusals' in read) return refusals
  vins.set(read.car.vin, file)
  if (stockNumber !== undefined) stockNumbers.set(stockNumber, file)
  return []
}

function refuseDuplicate(
  key: string,
  value: string | undefined,
  claimed: ReadonlyMap<string, string>,
): Refusal[] {
  const first = value === undefined ? undefined : claimed.get(value)
  if (value === undefined || first === undefined) return []
  return [
    {
      key,
      value,
      reason:
        `${key.replace('_', ' ')} ${value} is already used by ${first} in this folder; ` +
        'keep one of the two files.',
    },
  ]
}

function toStoreRefusal({ field, message }: CarRefused['problems'][number]): Refusal {
  return { key: field ?? 'file', value: '', reason: message }
}
