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
 * The inventory itself as the import's store: Payload's own checks and hooks apply, each write is a
 * transaction of its own.
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
 * Cars that a command made have no author. The demo makes its cars so too, and keeps a list of
 * them.
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
 * The writes of one file, each ended by `end`: committed, or in a rehearsal rolled back. The reader
 * has judged the VIN, and notes what it accepted on the file's word, so that the inventory need not
 * ask for a confirmation again.
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
