import { APIError, type PayloadRequest, validateQueryPaths } from 'payload'
import type { RunAudited } from '../audit/audited-action.ts'
import { findStaffId } from '../audit/audited-action.ts'
import { readWhere } from '../api/where/validate-where.ts'
import { getPostgresAdapter } from '../database/transaction.ts'
import { amountToCents, formatMoney } from '../domain/money.ts'
import { getCurrency } from '../settings/lot-currency.ts'
import { type BatchChange, type CarSelection, splitChange } from './domain/batch-price.ts'
import {
  type BatchPlan,
  type BatchRow,
  type ExpectedRow,
  findOutdatedRows,
  MAX_BATCH,
  nameCars,
  planBatch,
  type SkippedCar,
} from './domain/price-batch.ts'
import {
  type Connection,
  findMarketPriceSql,
  listBatchPrices,
  loadPricedCars,
  lockBatch,
  markUndone,
  type PriceToSet,
  saveBatch,
  setPrices,
} from './store/price-batches.ts'

/** What a bulk change does to each price. */
export type BatchOptions = { change: BatchChange; roundTo95: boolean }

/** A bulk change that a caller applies, with the rows of its preview. */
export type BatchRequest = BatchOptions & {
  rows: readonly ExpectedRow[]
  allowBelowCost: boolean
  note?: string | undefined
}

const refuse = (message: string, status: number) => new APIError(message, status, undefined, true)

/** Plans a bulk change and changes nothing. */
export async function previewBatch(
  req: PayloadRequest,
  selection: CarSelection,
  options: BatchOptions,
): Promise<BatchPlan> {
  const found = selection.ids ?? (await findCarIds(req, selection.where))
  const ids = [...new Set(found)]
  return plan(req, getPostgresAdapter(req.payload).pool, { ids, lock: false }, options)
}

/**
 * Applies a bulk change in one transaction, as its preview shows it: throws a 409 that names the
 * cars whose row would be different now, or whose price would be below cost without confirmation.
 */
export async function applyBatch(
  req: PayloadRequest,
  runAudited: RunAudited,
  request: BatchRequest,
): Promise<{ id: string; rows: BatchRow[] }> {
  const { rows: expected, note = null, allowBelowCost } = request
  const changedBy = findStaffId(req)
  const summary = summarizeChange(req, request)
  return runAudited(async (client) => {
    const ids = expected.map(({ id }) => id)
    const planned = await plan(req, client, { ids, lock: true }, request)
    checkPlan(planned, expected, { allowBelowCost })
    const id = await saveBatch(client, {
      ...splitChange(request.change),
      roundTo95: request.roundTo95,
      allowBelowCost,
      summary,
      note,
      changedBy,
      cars: planned.rows.length,
    })
    await setPrices(client, planned.rows.map(toPriceToSet), {
      batch: id,
      reason: 'batch',
      note,
      changedBy,
    })
    const fields = { summary: { from: null, to: summary }, cars: { from: null, to: ids.length } }
    return { value: { id, rows: planned.rows }, resource: id, fields }
  })
}

/**
 * Restores each price that is still the one of a bulk change, in one transaction. Throws a 404 for
 * an unknown one, and a 409 if it was undone already or is older than a day.
 */
export async function undoBatch(
  req: PayloadRequest,
  runAudited: RunAudited,
  id: string,
): Promise<{ restored: number; kept: SkippedCar[] }> {
  const changedBy = findStaffId(req)
  return runAudited(async (client) => {
    const batch = await lockUndoable(client, id)
    const prices = await listBatchPrices(client, id)
    const { restored, kept } = await splitRestorable(client, prices)
    if (restored.length > 0)
      await setPrices(client, restored, { batch: id, reason: 'undo', note: null, changedBy })
    await markUndone(client, id, changedBy)
    const fields = { undoneAt: { from: null, to: new Date().toISOString() } }
    return { value: { restored: restored.length, kept }, resource: batch.id, fields }
  })
}

async function findCarIds(req: PayloadRequest, where: unknown): Promise<string[]> {
  const { config } = req.payload.collections.inventory
  const filter = readWhere(where, config, req)
  await validateQueryPaths({ collectionConfig: config, overrideAccess: false, req, where: filter })
  const { docs } = await req.payload.find({
    collection: 'inventory',
    where: filter,
    select: { title: true },
    sort: 'title',
    limit: MAX_BATCH + 1,
    pagination: false,
    depth: 0,
    overrideAccess: true, // managers may read every car
    req,
  })
  if (docs.length > MAX_BATCH)
    throw refuse(
      `More than ${MAX_BATCH.toLocaleString('en-US')} cars match. Narrow the filter, and change ` +
        'the prices in several steps.',
      400,
    )
  return docs.map(({ id }) => id)
}

async function plan(
  req: PayloadRequest,
  connection: Connection,
  { ids, lock }: { ids: readonly string[]; lock: boolean },
  { change, roundTo95 }: BatchOptions,
): Promise<BatchPlan> {
  const marketPrice = findMarketPriceSql(req.payload.collections.inventory.config)
  if ('percentOfMarket' in change && !marketPrice)
    throw refuse('This server has no market prices. Change prices by an amount or percent.', 400)
  const cars = await loadPricedCars(connection, ids, { marketPrice, lock })
  return planBatch(cars, change, { to95: roundTo95 })
}

function checkPlan(
  planned: BatchPlan,
  expected: readonly ExpectedRow[],
  { allowBelowCost }: { allowBelowCost: boolean },
): void {
  const outdated = findOutdatedRows(expected, planned)
  if (outdated.length > 0)
    throw refuse(
      `Since the preview, ${nameCars(outdated)} changed. Nothing was changed: preview again.`,
      409,
    )
  const below = planned.rows.filter(({ belowCost }) => belowCost).map(({ title }) => title)
  if (below.length > 0 && !allowBelowCost)
    throw refuse(
      `The new price of ${nameCars(below)} is below cost. Nothing was changed: confirm with ` +
        'allowBelowCost, or leave these cars out.',
      409,
    )
}

const toPriceToSet = ({ id, oldPrice, newPrice }: BatchRow): PriceToSet => ({
  id,
  fromCents: amountToCents(oldPrice),
  toCents: amountToCents(newPrice),
})

async function lockUndoable(connection: Connection, id: string) {
  const batch = await lockBatch(connection, id)
  if (!batch) throw refuse('There is no bulk price change with this ID.', 404)
  if (batch.undoneAt) throw refuse('This bulk price change was undone already.', 409)
  if (!batch.isRecent)
    throw refuse('This bulk price change is older than a day and can no longer be undone.', 409)
  return batch
}

/** Locks the cars of a bulk change, and splits them by whether they still have its price. */
async function splitRestorable(
  connection: Connection,
  prices: readonly PriceToSet[],
): Promise<{ restored: PriceToSet[]; kept: SkippedCar[] }> {
  const ids = prices.map(({ id }) => id)
  const cars = await loadPricedCars(connection, ids, { marketPrice: undefined, lock: true })
  const current = new Map(cars.map((car) => [car.id, car]))
  const restored: PriceToSet[] = []
  const kept: SkippedCar[] = []
  for (const { id, fromCents, toCents } of prices) {
    const car = current.get(id)
    if (!car) continue
    const { title, status, cents } = car
    if (status === 'sold') kept.push({ id, title, reason: 'is sold' })
    else if (cents === toCents) restored.push({ id, fromCents: toCents, toCents: fromCents })
    else kept.push({ id, title, reason: 'has another price now' })
  }
  return { restored, kept }
}

/** A bulk change in words: `−5 %`, `+$500, rounded to …95`, `97.5 % of the market price`. */
function summarizeChange({ payload }: PayloadRequest, { change, roundTo95 }: BatchOptions): string {
  const currency = getCurrency(payload.config)
  const sign = (value: number) => (value < 0 ? '−' : '+')
  const rounded = roundTo95 ? ', rounded to …95' : ''
  if ('amount' in change) {
    const amount = formatMoney({ cents: amountToCents(Math.abs(change.amount)), currency })
    return `${sign(change.amount)}${amount}${rounded}`
  }
  if ('percent' in change) return `${sign(change.percent)}${Math.abs(change.percent)}%${rounded}`
  return `${change.percentOfMarket}% of the market price${rounded}`
}
