import type { PayloadRequest } from 'payload'
import { wrapTransaction } from '../../jobs/boss.ts'
import { type Transaction, getTransaction } from '../../src/database/transaction.ts'
import { normalizeMake } from '../../src/domain/makes.ts'
import type { CatalogName } from '../../src/domain/models.ts'
import type { Competitor as Row } from '../../src/generated/payload-types.ts'
import type { JsonObject } from './domain/json.ts'
import type { Competitor, Sql } from './domain/runs.ts'
import { isConnectionFailure } from './domain/scrape-failure.ts'

type StoreContext = Pick<PayloadRequest, 'payload' | 'transactionID'>

/** Runs the room's statements in the transaction of a request, or on the pool if there is none. */
export const createSql = (req: StoreContext): Sql => createTransactionSql(getTransaction(req))

/** Runs the room's statements on a drizzle connection. */
export function createTransactionSql(transaction: Pick<Transaction, 'db'>): Sql {
  const { executeSql } = wrapTransaction(transaction)
  return async <Found extends object>(text: string, values: readonly unknown[] = []) =>
    (await executeSql(text, [...values])).rows as Found[]
}

/** Finds a competitor by ID; returns null if there is none. */
export async function findCompetitor(req: PayloadRequest, id: string): Promise<Competitor | null> {
  const row = await req.payload.findByID({
    collection: 'competitors',
    id,
    depth: 0,
    joins: false,
    disableErrors: true,
    overrideAccess: true,
    req,
  })
  return row ? toCompetitor(row) : null
}

/**
 * Lists the competitors that are watched. `isAnswering` is whether the site responded in the last
 * run, or was never scraped.
 */
export async function listWatchedCompetitors(
  req: PayloadRequest,
): Promise<{ id: string; isAnswering: boolean }[]> {
  const { docs } = await req.payload.find({
    collection: 'competitors',
    where: { active: { equals: true } },
    select: { scrapeErrorType: true },
    depth: 0,
    joins: false,
    pagination: false,
    sort: 'name',
    overrideAccess: true,
    req,
  })
  return docs.map(({ id, scrapeErrorType }) => ({
    id,
    isAnswering: !isConnectionFailure(scrapeErrorType),
  }))
}

function toCompetitor({
  id,
  name,
  inventoryUrl,
  platformType,
  usePlaywright,
  scraperConfig,
  active,
}: Row): Competitor {
  return {
    id,
    name,
    inventoryUrl,
    platformType: platformType ?? null,
    usePlaywright: usePlaywright === true,
    scraperConfig: isObject(scraperConfig) ? scraperConfig : {},
    active: active !== false,
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Loads the makes in the catalog, and its models with several words. */
export async function loadCatalogMakes(req: StoreContext): Promise<CatalogName[]> {
  const makes = await createSql(req)<{ make: string }>('select distinct make from vehicle_options')
  const models = await createSql(req)<{ make: string; model: string }>(
    `select distinct make, model from vehicle_options where model ~ '[ -]'`,
  )
  return [
    ...makes.map(({ make }) => make),
    ...models.map(({ make, model }) => ({ make: normalizeMake(make), model })),
  ]
}
