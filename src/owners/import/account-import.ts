import type { CollectionSlug, PayloadRequest } from 'payload'
import type { z } from 'zod'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import type { Archive, ArchivedRow } from './read-archive.ts'
import type { FileOwner } from './restore-files.ts'
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

/** The outcome of an import, by table, and how many files it added and left out. */
export type AccountOutcome = {
  tables: Record<string, TableOutcome>
  files: { added: number; skipped: number }
}

/** Why a row that belongs to a vehicle is refused without it. */
export const NO_VEHICLE = 'Its vehicle is not in the archive, or was refused.'

type Trashed = { collection: 'vehicles' | 'documents'; id: string }

/** An import of an archive into the account of an owner, in the transaction of `req`. */
export class AccountImport {
  readonly req: PayloadRequest
  readonly subject: string
  readonly archive: Archive
  readonly mode: ImportMode
  readonly outcome: AccountOutcome = { tables: {}, files: { added: 0, skipped: 0 } }
  /** The vehicles here, by their ids in the archive. */
  readonly vehicles = new Map<string, string>()
  /** The new rows that files may belong to, by their ids in the archive. */
  readonly fileOwners = new Map<string, FileOwner>()
  /** The files that were stored so far. */
  readonly storedKeys: string[] = []
  readonly #trashed: Trashed[] = []

  constructor(req: PayloadRequest, subject: string, archive: Archive, mode: ImportMode) {
    this.req = req
    this.subject = subject
    this.archive = archive
    this.mode = mode
  }

  get db(): Transaction['db'] {
    return getTransaction(this.req).db
  }

  /** The rows of a table of the archive; none if it is not in it. */
  listRows(table: string): readonly ArchivedRow[] {
    return this.archive.tables.get(table) ?? []
  }

  /** The outcome of a table, to be counted in. */
  count(table: string): TableOutcome {
    return (this.outcome.tables[table] ??= {
      rows: this.listRows(table).length,
      added: 0,
      known: 0,
      skipped: 0,
      refused: [],
    })
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
