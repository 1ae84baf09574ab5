import type { CollectionSlug, PayloadRequest } from 'payload'
import type { z } from 'zod'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import type { FileParent, StoredContent } from '../../documents/store/attached-files.ts'
import type { Archive, ArchivedRow } from './read-archive.ts'
import { listRestoredFields } from './restored-fields.ts'

/**
 * What an import does: report what merging would do, add what is missing, or do that after moving
 * the vehicles that are there to the trash.
 */
export const IMPORT_MODES = ['preview', 'merge', 'replace'] as const

export type ImportMode = (typeof IMPORT_MODES)[number]

/** What became of the rows of a table: added, already there, left out, or refused and why. */
export type TableOutcome = {
  rows: number
  added: number
  known: number
  skipped: number
  refused: { row: string; reasons: string[] }[]
}

/**
 * What became of the files: added, already there, left out because their row is not there or in the
 * trash, or refused and why.
 */
export type FilesOutcome = {
  added: number
  known: number
  skipped: number
  refused: { file: string; reasons: string[] }[]
}

/** The outcome of an import, by table, and that of the files. */
export type AccountOutcome = { tables: Record<string, TableOutcome>; files: FilesOutcome }

/** How an import is done. Files that are not accepted refuse it unless they are left out. */
export type ImportSettings = { mode: ImportMode; skipRefusedFiles: boolean }

/** Why a row that belongs to a vehicle is refused without it. */
export const NO_VEHICLE = 'Its vehicle is not in the archive, or was refused.'

type Trashed = { collection: 'vehicles' | 'documents'; id: string }

/** An import of an archive into the account of an owner, in the transaction of `req`. */
export class AccountImport {
  readonly req: PayloadRequest
  readonly subject: string
  readonly archive: Archive
  readonly settings: ImportSettings
  readonly outcome: AccountOutcome = {
    tables: {},
    files: { added: 0, known: 0, skipped: 0, refused: [] },
  }
  /** The vehicles here, by their ids in the archive. */
  readonly vehicles = new Map<string, string>()
  /** What was stored so far, which rows do not name before they are committed. */
  readonly stored: StoredContent[] = []
  /** What was stored, and no row will name. */
  readonly unneeded: StoredContent[] = []
  readonly #rows = new Map<string, string>()
  #trashed: Trashed[] = []
  /** Whether the rows of vehicles in the trash are listed, or all others. */
  #listsTrashed = false
  readonly #vehiclesInTrash: ReadonlySet<string>

  constructor(req: PayloadRequest, subject: string, archive: Archive, settings: ImportSettings) {
    this.req = req
    this.subject = subject
    this.archive = archive
    this.settings = settings
    const vehicles = archive.tables.get('vehicles') ?? []
    const trashed = vehicles.filter((row) => Boolean(row['deletedAt']))
    this.#vehiclesInTrash = new Set(trashed.map(({ id }) => String(id)))
  }

  get db(): Transaction['db'] {
    return getTransaction(this.req).db
  }

  /** Lists either vehicles in the trash, with what belongs to them, or all other rows. */
  listTrashed(isTrashed: boolean): void {
    this.#listsTrashed = isTrashed
  }

  /** The rows of a table of the archive that are listed now; none if it is not in it. */
  listRows(table: string): readonly ArchivedRow[] {
    const rows = this.archive.tables.get(table) ?? []
    return rows.filter((row) => this.#isInTrash(table, row) === this.#listsTrashed)
  }

  #isInTrash(table: string, row: ArchivedRow): boolean {
    return this.#vehiclesInTrash.has(String(table === 'vehicles' ? row.id : row['vehicle']))
  }

  /** Notes which row here a row of the archive is, so that it gets the files. */
  noteRow(table: string, archivedId: string | number, id: string): void {
    this.#rows.set(`${table} ${archivedId}`, id)
  }

  /** The row here that a row of the archive is; null if it is not here, or in the trash. */
  findRow({ collection, id }: FileParent): FileParent | null {
    const here = this.#rows.get(`${collection} ${id}`)
    return here === undefined ? null : { collection, id: here }
  }

  /** The outcome of a table, to be counted in. */
  count(table: string): TableOutcome {
    const { tables } = this.outcome
    const own = Object.hasOwn(tables, table) ? tables[table] : undefined // not `constructor`
    const rows = this.archive.tables.get(table)?.length ?? 0
    return (tables[table] = own ?? { rows, added: 0, known: 0, skipped: 0, refused: [] })
  }

  /** Notes that a row is not imported, and why. */
  refuse(table: string, { id }: ArchivedRow, ...reasons: string[]): void {
    this.count(table).refused.push({ row: String(id), reasons })
  }

  /** The values of a row that its owner may set. */
  pickFields(collection: CollectionSlug, row: ArchivedRow): object {
    const names = listRestoredFields(this.req, collection)
    return Object.fromEntries(
      names.filter((name) => Object.hasOwn(row, name)).map((name) => [name, row[name]]),
    )
  }

  /** Creates a row of the owner with the rules of its collection. Returns its id. */
  async create(collection: CollectionSlug, row: ArchivedRow, about: object): Promise<string> {
    const data = { ...this.pickFields(collection, row), userId: this.subject, ...about }
    const { id } = await this.req.payload.create({
      collection,
      data: data as never,
      depth: 0,
      overrideAccess: true,
      req: this.req,
    })
    this.count(collection).added++
    return String(id)
  }

  /** Moves a row to the trash once everything that belongs to it has been restored. */
  trashLater(row: Trashed): void {
    this.#trashed.unshift(row)
  }

  async trashRestored(): Promise<void> {
    for (const { collection, id } of this.#trashed) await this.trash(collection, id)
    this.#trashed = []
  }

  /** Moves a row to the trash, a vehicle with its documents. */
  async trash(collection: Trashed['collection'], id: string): Promise<void> {
    await this.req.payload.update({
      collection,
      id,
      data: { deletedAt: new Date().toISOString() },
      depth: 0,
      overrideAccess: true,
      req: this.req,
    })
  }
}

/** Describes what is wrong with a row of an archive. */
export const describeProblems = ({ issues }: z.ZodError): string =>
  issues.map(({ message, path }) => `${path.join('.')}: ${message}`).join('; ')
