import type { CollectionSlug, PayloadRequest, Where } from 'payload'
import type { Account } from '../../access/identity.ts'
import { getTransaction } from '../../database/transaction.ts'
import { listFileRows } from '../../documents/store/owner-files.ts'
import { findParty } from '../../sharing/parties.ts'
import { listShareRows, listTransferRows } from '../../sharing/store/owner-rows.ts'
import { listOfferRows } from '../../vehicle-history/store/offer-rows.ts'
import { listOwnedTables } from '../owned-tables.ts'

export type ExportedRow = Readonly<Record<string, unknown>>

/**
 * One table of an export: its name in the archive, and its rows, read again each time they are
 * requested.
 */
export type ExportedTable = {
  name: string
  columns: string[]
  rows: () => AsyncGenerator<ExportedRow>
}

const PAGE = 100

/**
 * The tables of an owner's export: their profile, their garage admin row, every table with rows of
 * owners, their files, their shares and transfers, and their offers to the dealership. Fields
 * without read access are left out; rows in the trash are included.
 */
export function listExportedTables(req: PayloadRequest, account: Account): ExportedTable[] {
  const { profile, subject } = account
  const { collections } = req.payload.config
  const describeTable = (slug: CollectionSlug, where: Where) => {
    const fields = collections.find((collection) => collection.slug === slug)?.flattenedFields ?? []
    const columns = fields
      .filter((field) => RESTORED.includes(field.name) || !isHidden(field))
      .map(({ name }) => name)
    const all = [...new Set(['id', ...columns, 'createdAt', 'updatedAt'])]
    return { name: slug, columns: all, rows: () => streamRows(req, slug, where, all) }
  }
  const owned = listOwnedTables(req.payload).map(({ collection }) =>
    describeTable(collection.slug, { userId: { equals: subject } }),
  )
  return [
    describeTable('user-profiles', { id: { equals: profile } }),
    describeTable('admin-users', { id: { equals: subject } }),
    ...owned,
    { name: 'attached-files', columns: FILE_COLUMNS, rows: () => streamFileRows(req, subject) },
    ...describeSharing(req, account),
    {
      name: 'dealer-offers',
      columns: OFFER_COLUMNS,
      rows: () => streamOfferRows(req, subject),
    },
  ]
}

const OFFER_COLUMNS = [
  'id',
  'vehicle',
  'reference',
  'status',
  'askingPrice',
  'submittedAt',
  'head',
  'records',
]

/** The vehicles that the owner offered to the dealership, with what they shared of the history. */
async function* streamOfferRows(req: PayloadRequest, subject: string): AsyncGenerator<ExportedRow> {
  yield* await listOfferRows(getTransaction(req).db, subject)
}

/** The columns of shares and of offers, each with its own after them. */
const SHARING_COLUMNS = [
  'id',
  'direction',
  'vehicle',
  'ownerEmail',
  'email',
  'createdAt',
  'expiresAt',
]

/** The shares and transfers that the owner gave and received. */
function describeSharing(req: PayloadRequest, account: Account): ExportedTable[] {
  const describe = (name: string, columns: string[], list: typeof listShareRows) => ({
    name,
    columns: [...SHARING_COLUMNS, ...columns],
    rows: () => streamSharing(req, account, list),
  })
  return [
    describe('vehicle-shares', ['role', 'acceptedAt'], listShareRows),
    describe('vehicle-transfers', ['withCosts', 'withDocuments'], listTransferRows),
  ]
}

async function* streamSharing(
  req: PayloadRequest,
  account: Account,
  list: typeof listShareRows,
): AsyncGenerator<ExportedRow> {
  const { db } = getTransaction(req)
  yield* await list(db, await findParty(db, account))
}

const FILE_COLUMNS = [
  'id',
  'userId',
  'document',
  'fuelLog',
  'maintenanceLog',
  'vehicle',
  'fileName',
  'contentType',
  'fileSize',
  'fileHash',
  'createdAt',
]

/** The files are in the folder `files` of the archive, each in a folder named as its ID. */
async function* streamFileRows(req: PayloadRequest, subject: string): AsyncGenerator<ExportedRow> {
  yield* await listFileRows(getTransaction(req).db, subject)
}

/**
 * Hidden fields that a row cannot be restored without: what its owner entered, beside what was
 * computed from it, the name of its file, and whether it is in the trash.
 */
const RESTORED: readonly string[] = [
  'odometerEntered',
  'odometerEnteredAt',
  'enteredServiceDate',
  'enteredServiceMileage',
  'enteredDueDate',
  'enteredDueMileage',
  'fileName',
  'contentType',
  'deletedAt',
]

type Field = {
  type: string
  hidden?: boolean
  virtual?: unknown
  admin?: { hidden?: unknown }
}

const isHidden = (field: object): boolean => {
  const { hidden, virtual, type, admin } = field as Field
  return (
    hidden === true ||
    admin?.hidden === true ||
    Boolean(virtual) ||
    type === 'join' ||
    type === 'ui'
  )
}

/**
 * The rows of one table, page by page in the order of their keys, so that no row is repeated while
 * others are added.
 */
async function* streamRows(
  req: PayloadRequest,
  slug: CollectionSlug,
  where: Where,
  columns: string[],
): AsyncGenerator<ExportedRow> {
  let after: string | number | null = null
  for (;;) {
    const next: Where = after === null ? where : { and: [where, { id: { greater_than: after } }] }
    const query = {
      collection: slug,
      where: next,
      sort: 'id',
      limit: PAGE,
      depth: 0,
      pagination: false,
      trash: true,
      joins: false,
    }
    const { docs } = await req.payload.find({ ...query, overrideAccess: true, req } as Parameters<
      typeof req.payload.find
    >[0])
    for (const doc of docs as unknown as ExportedRow[])
      yield Object.fromEntries(
        columns.filter((name) => name in doc).map((name) => [name, doc[name]]),
      )
    const last = docs.at(-1)
    if (!last || docs.length < PAGE) return
    after = last.id
  }
}
