import type pg from 'pg'
import { z } from 'zod'
import { formatDecimal } from '../../domain/money.ts'
import { type ComputedSql, findComputedSql } from '../../fields/computed.ts'
import type { SanitizedCollectionConfig } from 'payload'
import type { PriceRule } from '../domain/batch-price.ts'
import type { PricedCar } from '../domain/price-batch.ts'

/** A connection of the pool, or the one of a transaction. */
export type Connection = Pick<pg.Pool, 'query'>

const CAR = z.object({
  id: z.string(),
  title: z.string(),
  stockNumber: z.string().nullable(),
  status: z.string(),
  cents: z.number(),
  costCents: z.number().nullable(),
  marketCents: z.number().nullable(),
})

/**
 * The SQL of a car's market price: the computed field `marketPrice`, which the plugin for market
 * prices adds. Undefined without such a plugin.
 */
export const findMarketPriceSql = ({
  flattenedFields,
}: SanitizedCollectionConfig): ComputedSql | undefined => {
  const field = flattenedFields.find(({ name }) => name === 'marketPrice')
  return field && findComputedSql(field)
}

/**
 * Loads cars for a bulk change, in the order of `ids`; missing ones are left out. `lock` keeps them
 * from being changed until the transaction ends.
 */
export async function loadPricedCars(
  connection: Connection,
  ids: readonly string[],
  { marketPrice, lock }: { marketPrice: ComputedSql | undefined; lock: boolean },
): Promise<PricedCar[]> {
  const market = marketPrice?.('car') ?? 'null::numeric'
  const { rows } = await connection.query(
    `select car.id, coalesce(car.title, car.vin) as title, car.stock_number as "stockNumber",
      car.status, (car.price * 100)::float8 as cents, (car.cost * 100)::float8 as "costCents",
      (${market} * 100)::float8 as "marketCents"
    from inventory car where car.id = any($1::uuid[]) order by car.id
    ${lock ? 'for no key update of car' : ''}`,
    [ids],
  )
  const cars = new Map(
    z
      .array(CAR)
      .parse(rows)
      .map((car) => [car.id, car]),
  )
  return ids.flatMap((id) => cars.get(id) ?? [])
}

/** A bulk change to save: `changedBy` is the staff member, `value` an amount or a percentage. */
export type NewBatch = {
  summary: string
  rule: PriceRule
  value: number
  roundTo95: boolean
  allowBelowCost: boolean
  note: string | null
  changedBy: string | null
  cars: number
}

const SAVED = z.object({ id: z.string() })

/** Saves a bulk change. Returns its ID. */
export async function saveBatch(connection: Connection, batch: NewBatch): Promise<string> {
  const { rows } = await connection.query(
    `insert into price_batches (summary, rule, value, round_to_95, allow_below_cost, note,
      changed_by, cars) values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [
      batch.summary,
      batch.rule,
      batch.value,
      batch.roundTo95,
      batch.allowBelowCost,
      batch.note,
      batch.changedBy,
      batch.cars,
    ],
  )
  return SAVED.parse(rows[0]).id
}

/** A price to set, in cents, on a locked car. */
export type PriceToSet = {
  id: string
  fromCents: number
  toCents: number
}

/** Why prices are set, for the history of each car. */
export type BatchReason = {
  batch: string
  reason: 'batch' | 'undo'
  note: string | null
  changedBy: string | null
}

/**
 * Sets prices of locked cars and adds each change to the history of its car. Like a staff member's
 * own change, it counts as the last change of the car.
 */
export async function setPrices(
  connection: Connection,
  prices: readonly PriceToSet[],
  { batch, reason, note, changedBy }: BatchReason,
): Promise<void> {
  const columns = [
    prices.map(({ id }) => id),
    prices.map(({ fromCents }) => formatDecimal(fromCents)),
    prices.map(({ toCents }) => formatDecimal(toCents)),
  ]
  await connection.query(
    `with changes as (
      select * from unnest($1::uuid[], $2::numeric[], $3::numeric[]) as change (id, old, new)),
    changed as (
      update inventory car set price = new, updated_by = coalesce($6::uuid, car.updated_by)
      from changes where car.id = changes.id)
    insert into price_changes
      (inventory_id, from_price, to_price, reason, changed_by, note, batch_id, changed_at)
    select id, old, new, $4, $6::uuid, $7, $5::uuid, clock_timestamp() from changes`,
    [...columns, reason, batch, changedBy, note],
  )
}

const BATCH = z.object({
  id: z.string(),
  summary: z.string(),
  undoneAt: z.coerce.date().nullable(),
  isRecent: z.boolean(),
})

/** A bulk change: when it was undone, and whether it is less than a day old. */
export type StoredBatch = z.output<typeof BATCH>

/** Finds a bulk change and locks it until the transaction ends; null if there is none. */
export async function lockBatch(connection: Connection, id: string): Promise<StoredBatch | null> {
  const { rows } = await connection.query(
    `select id, summary, undone_at as "undoneAt",
      changed_at > now() - interval '1 day' as "isRecent"
    from price_batches where id = $1 for no key update`,
    [id],
  )
  return rows.length === 0 ? null : BATCH.parse(rows[0])
}

const BATCH_PRICE = z.object({
  id: z.string(),
  fromCents: z.number(),
  toCents: z.number(),
})

/** Lists the prices that a bulk change set, by car. Prices of deleted cars are gone. */
export async function listBatchPrices(
  connection: Connection,
  batch: string,
): Promise<PriceToSet[]> {
  const { rows } = await connection.query(
    `select inventory_id as id, (from_price * 100)::float8 as "fromCents",
      (to_price * 100)::float8 as "toCents"
    from price_changes where batch_id = $1 and reason = 'batch' order by inventory_id`,
    [batch],
  )
  return z.array(BATCH_PRICE).parse(rows)
}

/** Marks a bulk change as undone. */
export async function markUndone(
  connection: Connection,
  batch: string,
  undoneBy: string | null,
): Promise<void> {
  await connection.query(
    `update price_batches set undone_at = now(), undone_by = $2 where id = $1`,
    [batch, undoneBy],
  )
}
