import {
  APIError,
  type CollectionBeforeOperationHook,
  type CollectionConfig,
  type CollectionSlug,
  type PayloadRequest,
  QueryError,
  type SanitizedCollectionConfig,
} from 'payload'
import { readSort } from '../domain/sort.ts'
import { quote } from '../domain/written-values.ts'
import type { Settings } from '../env.ts'
import { isLongText } from './filters.ts'
import { isFromOutside } from './from-outside.ts'
import { oneByOne } from './one-by-one.ts'
import { checkParameters } from './query-parameters.ts'
import { LATE_ROW, QUERY_COST, spendQueryBudget } from './query-budget.ts'
import { takeObject } from './take-object.ts'
import { takeSelect } from './take-select.ts'
import { readWhere, takeWhere } from './take-where.ts'

/** As many rows as one answer of the API may hold, and as many as it holds when nobody says. */
const MOST_ROWS = 100
export const DEFAULT_ROWS = 10
/** The last page that is counted to; it is empty, as every page after the last row is. */
const LAST_PAGE = 1_000_000_000
const MOST_SORTS = 5
/** How far into a list that is joined to each row an answer may reach. */
const LAST_JOINED_ROW = 10_000

/** A collection with the limits that every caller of the API meets; code of ours is not limited. */
export function withLimits(collection: CollectionConfig, settings: Settings): CollectionConfig {
  const before = [checkParameters, takeSelect, takeWhere, takeJoins, takeObject, takeWhole, limitRows, checkSort]
  const hooks = { ...collection.hooks, beforeOperation: [...(collection.hooks?.beforeOperation ?? []), ...before] }
  const endpoints = [...(collection.endpoints || []), ...oneByOne]
  const limited = { ...collection, hooks, endpoints }
  if (typeof collection.auth === 'object') {
    const cookies = { sameSite: 'Lax' as const, secure: settings.production, ...collection.auth.cookies }
    return { ...limited, auth: { ...collection.auth, cookies } }
  }
  return limited
}

/**
 * What a write answers is whole: hooks that follow it look at the row, which a `select` would cut. What a read answers is the row, and
 * not the `data` that a caller says in its place, which Payload would dress and give back as if it were one.
 */
const takeWhole: CollectionBeforeOperationHook = ({ args, operation }) => {
  if (['create', 'update', 'delete'].includes(operation) && 'select' in args) return { ...args, select: undefined }
  return operation === 'read' && isFromOutside(args) && 'data' in args ? { ...args, data: undefined } : args
}

type ReadArgs = { limit?: number; page?: number; sort?: unknown; collection: { config: SanitizedCollectionConfig } }

/** 1 to 100 rows an answer; `limit=0`, which Payload takes for "all", is the default instead. Pages begin with 1. */
const limitRows: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (req.payloadAPI === 'local' || !isFromOutside(args) || operation !== 'read' || !('limit' in args)) return args
  const { limit, page } = args as ReadArgs
  refuseNegative({ limit, page })
  const rows = { limit: clampLimit(limit), page: clampPage(page) }
  if (rows.limit * (rows.page - 1) > LATE_ROW) spendQueryBudget(req, QUERY_COST.latePage)
  return { ...args, ...rows }
}

/** Over REST the parameters are checked as texts (query-parameters.ts); GraphQL hands in numbers. */
function refuseNegative(numbers: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(numbers))
    if (typeof value === 'number' && value < 0)
      throw new APIError(`'${name}' must be a whole number, not ${value}.`, 400, undefined, true)
}

const clampLimit = (limit: unknown) => (Number(limit) >= 1 ? Math.min(Math.floor(Number(limit)), MOST_ROWS) : DEFAULT_ROWS)
const clampPage = (page: unknown) => (Number(page) >= 1 ? Math.min(Math.floor(Number(page)), LAST_PAGE) : 1)

/** What is joined to each row obeys what rows obey. Over REST only the joins that `joins` names are read. */
const takeJoins: CollectionBeforeOperationHook = async ({ args, collection, operation, req }) => {
  const { joins } = args as { joins?: Record<string, JoinQuery | false | undefined> | false }
  if (!isFromOutside(args) || operation !== 'read' || !joins) return args
  if (isOnlyFalse(req)) return { ...args, joins: false }
  const taken: typeof joins = {}
  const declared = Object.entries(collection.joins).flatMap(([slug, all]) => all.map(({ joinPath }) => [joinPath, slug] as const))
  const unknown = Object.keys(joins).find((name) => !declared.some(([joinPath]) => joinPath === name))
  if (unknown !== undefined) {
    const names = declared.map(([joinPath]) => joinPath).join(', ') || 'none'
    throw new APIError(
      `'joins' names ${quote(unknown)}, which is not joined to these rows; these are: ${names}.`,
      400,
      undefined,
      true,
    )
  }
  for (const [joinPath, slug] of declared) {
    const join = joins[joinPath]
    if (join === undefined && req.payloadAPI === 'REST') taken[joinPath] = false
    if (join !== undefined)
      taken[joinPath] = join && (await takeJoin(join, req.payload.collections[slug as CollectionSlug].config, req))
  }
  return { ...args, joins: taken }
}

/** Whether a request specifies `joins=false`, which Payload reads as five joins named `0` to `4`. */
const isOnlyFalse = ({ payloadAPI, url }: PayloadRequest) =>
  payloadAPI === 'REST' && url !== undefined && new URL(url).searchParams.get('joins') === 'false'

type JoinQuery = { limit?: unknown; page?: unknown; sort?: unknown; where?: unknown }

async function takeJoin(join: JoinQuery, target: SanitizedCollectionConfig, req: PayloadRequest): Promise<JoinQuery> {
  const { limit, page, sort, where, ...rest } = join
  if (clampLimit(limit) * (clampPage(page) - 1) > LAST_JOINED_ROW) {
    const way = `Read them with GET /api/${target.slug} and a 'where'.`
    throw new APIError(`Joined lists end after ${LAST_JOINED_ROW} rows. ${way}`, 400, undefined, true)
  }
  const columns = await takeSort(sort, target, req)
  return {
    ...rest,
    ...(where !== undefined && where !== null && { where: readWhere(where, target, req) }),
    ...(columns.length > 0 && { sort: columns }),
    ...(limit !== undefined && { limit: clampLimit(limit) }),
    ...(page !== undefined && { page: clampPage(page) }),
  }
}

/**
 * Sorts by own columns alone, and only by those that the caller may read: Payload checks that of `where`, but not of `sort`, which
 * would tell the order of a hidden column.
 */
const checkSort: CollectionBeforeOperationHook = async ({ args, req }) => {
  const { sort, collection } = args as unknown as ReadArgs
  if (!isFromOutside(args) || sort === undefined || sort === null) return args
  const columns = await takeSort(sort, collection.config, req)
  return { ...args, sort: columns.length > 0 ? columns : undefined }
}

/** The columns of a `sort`, each of which the caller may sort by. */
async function takeSort(sort: unknown, collection: SanitizedCollectionConfig, req: PayloadRequest): Promise<string[]> {
  const read = readSort(sort)
  if ('problem' in read) throw new APIError(read.problem, 400, undefined, true)
  const columns = read.value
  if (columns.length > MOST_SORTS)
    throw new APIError(`Rows are sorted by ${MOST_SORTS} columns at most, not ${columns.length}.`, 400, undefined, true)
  for (const column of columns) {
    const name = column.replace(/^-/, '')
    if (!(await maySort(name, collection, req))) throw new QueryError([{ path: name.slice(0, 100) }])
    spendQueryBudget(req, sortCost(name, collection))
  }
  return columns
}

function sortCost(name: string, { flattenedFields }: SanitizedCollectionConfig): number {
  const field = flattenedFields.find((one) => one.name === name)
  if (!field || INDEXED.includes(name) || ('index' in field && field.index) || ('unique' in field && field.unique)) return 0
  return isLongText(field) ? QUERY_COST.sortByLongText : QUERY_COST.sort
}

/** Payload's own columns that it makes an index for. */
const INDEXED = ['id', 'createdAt', 'updatedAt']

async function maySort(name: string, collection: SanitizedCollectionConfig, req: PayloadRequest): Promise<boolean> {
  const field = collection.flattenedFields.find((one) => one.name === name)
  if (!field) return name === 'id'
  if (('hidden' in field && field.hidden) || ('virtual' in field && field.virtual)) return false
  const read = 'access' in field ? field.access.read : undefined
  return read ? Boolean(await read({ req, data: {}, doc: {}, siblingData: {} })) : true
}
