import { sql } from '@payloadcms/db-postgres'
import {
  commitTransaction,
  createLocalReq,
  initTransaction,
  killTransaction,
  type Payload,
  type PayloadRequest,
  ValidationError,
} from 'payload'
import { CommitFailed } from '../../database/commit.ts'
import { getTransaction } from '../../database/transaction.ts'
import { demoRows } from '../../demo/rows.ts'
import type { Car, Draft } from './car.ts'
import {
  type CarRow,
  CarRefused,
  type ImportedCar,
  type InventoryStore,
  type InventoryWrites,
} from './inventory-store.ts'

type EndTransaction = (req: PayloadRequest) => Promise<void>

/**
 * Creates the store of the import from Payload's inventory: Payload's checks and hooks apply, and
 * each write is a separate transaction.
 */
export function createPayloadInventory(payload: Payload): InventoryStore {
  return {
    findByVin: async (vin) => {
      const found = await payload.find({
        collection: 'inventory',
        where: { vin: { equals: vin } },
        limit: 1,
        depth: 0,
        pagination: false,
        overrideAccess: true,
      })
      return (found.docs[0] as CarRow | undefined) ?? null
    },
    findImported: () => findImported(payload),
    ...createWrites(payload, commitTransaction),
    dryRun: createWrites(payload, killTransaction),
  }
}

/**
 * Finds the available cars without an author, because cars that a command creates have none.
 * Excludes the cars of the demo, which are recorded in a separate table.
 */
async function findImported(payload: Payload): Promise<ImportedCar[]> {
  const { db, tables } = getTransaction({ payload })
  const { rows } = await db.execute(sql`
    select vin, stock_number, title from ${tables['inventory']} car where status = 'available'
      and created_by is null
      and not exists (select 1 from ${demoRows} demo where demo.made_in = 'inventory'
      and demo.row_id = car.id)
    order by title, vin`)
  return (rows as { vin: string; stock_number: string | null; title: string | null }[]).map(
    (row) => ({
      vin: row.vin,
      stockNumber: row.stock_number,
      title: row.title ?? row.vin,
    }),
  )
}

/**
 * The writes of one file. `end` finishes each transaction: it commits, or rolls back in a dry run.
 * The parser has already checked the VIN and noted every number that was accepted on the file's
 * confirmation, so the inventory does not require another confirmation.
 */
function createWrites(payload: Payload, end: EndTransaction): InventoryWrites {
  return {
    create: (car: Car) =>
      runInTransaction(payload, end, (req) =>
        payload.create({
          collection: 'inventory',
          data: { ...car, confirmVin: true } as never,
          depth: 0,
          overrideAccess: true,
          req,
        }),
      ),
    update: (id: string, data: Draft) =>
      runInTransaction(payload, end, (req) =>
        payload.update({
          collection: 'inventory',
          id,
          data: { ...data, confirmVin: true } as never,
          depth: 0,
          context: { priceChange: { reason: 'import' } },
          overrideAccess: true,
          req,
        }),
      ),
  }
}

async function runInTransaction(
  payload: Payload,
  end: EndTransaction,
  write: (req: PayloadRequest) => Promise<unknown>,
): Promise<void> {
  const req = await createLocalReq({}, payload)
  await initTransaction(req)
  try {
    await write(req)
    await end(req)
  } catch (error) {
    await killTransaction(req)
    if (error instanceof CommitFailed)
      throw new CarRefused([{ message: error.message }], { cause: error })
    if (!(error instanceof ValidationError)) throw error
    throw new CarRefused(
      error.data.errors.map(({ path, message }) => ({ field: path, message })),
      { cause: error },
    )
  }
}
