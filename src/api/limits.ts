import {
  APIError,
  type CollectionBeforeOperationHook,
  type CollectionConfig,
  type CollectionSlug,
  type PayloadRequest,
  QueryError,
  type SanitizedCollectionConfig,
} from 'payload'
import { parseSort } from '../domain/sort.ts'
import { quoteValue } from '../domain/input-values.ts'
import type { Settings } from '../env.ts'
import { findComputedSql } from '../fields/computed.ts'
import { isLongText } from './where/filters.ts'
import { isExternalCall } from '../access/external-call.ts'
import { bulkEndpoints } from './bulk-endpoints.ts'
import { checkParameters } from './query-parameters.ts'
import { LATE_ROW, QUERY_COST, consumeQueryBudget } from './query-budget.ts'
import { requireJsonObject } from './require-json-object.ts'
import { validateSelect } from './validate-select.ts'
import { readWhere, validateWhere } from './where/validate-where.ts'

/** The maximum number of rows in a response, which is also the default. */
const MAX_ROWS = 100
export const DEFAULT_ROWS = 10
/** The last page number; the page is empty, like every page after the last row. */
const MAX_PAGE = 1_000_000_000
const MAX_SORTS = 5
/** The last row of a joined list that a response may include. */
const MAX_JOINED_ROW = 10_000

/** Adds the limits for callers of the API to a collection; our own code is not limited. */
export function withLimits(collection: CollectionConfig, settings: Settings): CollectionConfig {
  const before = [
    checkParameters,
    validateSelect,
    validateWhere,
    validateJoins,
    requireJsonObject,
    stripSelect,
    limitRows,
    checkSort,
  ]
  const hooks = {
    ...collection.hooks,
    beforeOperation: [...(collection.hooks?.beforeOperation ?? []), ...before],
  }
  const endpoints = [...(collection.endpoints || []), ...bulkEndpoints]
  const limited = { ...collection, hooks, endpoints }
  if (typeof collection.auth === 'object') {
    const cookies = {
      sameSite: 'Lax' as const,
      secure: settings.production,
      ...collection.auth.cookies,
    }
    return { ...limited, auth: { ...collection.auth, cookies } }
  }
  return limited
}

/**
 * A write returns the whole row: later hooks read it, and a `select` would cut it. A read returns
 * the row and ignores a `data` from the caller, which Payload would process and return as if it
 * were a row.
 */
const stripSelect: CollectionBeforeOperationHook = ({ args, operation }) => {
  if (['create', 'update', 'delete'].includes(operation) && 'select' in args)
    return { ...args, select: undefined }
  return operation === 'read' && isExternalCall(args) && 'data' in args
    ? { ...args, data: undefined }
    : args
}

type ReadArgs = {
  limit?: number
  page?: number
  sort?: unknown
  collection: { config: SanitizedCollectionConfig }
}

/**
 * 1 to 100 rows per response; `limit=0`, which Payload treats as "all", means the default. Pages
 * start at 1.
 */
const limitRows: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (
    req.payloadAPI === 'local' ||
    !isExternalCall(args) ||
    operation !== 'read' ||
    !('limit' in args)
  )
    return args
  const { limit, page } = args as ReadArgs
  refuseNegative({ limit, page })
  const rows = { limit: clampLimit(limit), page: clampPage(page) }
  if (rows.limit * (rows.page - 1) > LATE_ROW) consumeQueryBudget(req, QUERY_COST.latePage)
  return { ...args, ...rows }
}

/** Over REST, query-parameters.ts checks the parameters as texts; GraphQL passes numbers. */
function refuseNegative(numbers: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(numbers))
    if (typeof value === 'number' && value < 0)
      throw new APIError(`'${name}' must be a whole number, not ${value}.`, 400, undefined, true)
}

const clampLimit = (limit: unknown) =>
  Number(limit) >= 1 ? Math.min(Math.floor(Number(limit)), MAX_ROWS) : DEFAULT_ROWS
const clampPage = (page: unknown) =>
  Number(page) >= 1 ? Math.min(Math.floor(Number(page)), MAX_PAGE) : 1

/** Applies the same rules to joined rows. Over REST, only the joins that `joins` names are read. */
const validateJoins: CollectionBeforeOperationHook = async ({
  args,
  collection,
  operation,
  req,
}) => {
  const { joins } = args as { joins?: Record<string, JoinQuery | false | undefined> | false }
  if (!isExternalCall(args) || operation !== 'read' || !joins) return args
  if (isOnlyFalse(req)) return { ...args, joins: false }
  const validated: typeof joins = {}
  const declared = Object.entries(collection.joins).flatMap(([slug, all]) =>
    all.map(({ joinPath }) => [joinPath, slug] as const),
  )
  const unknown = Object.keys(joins).find(
    (name) => !declared.some(([joinPath]) => joinPath === name),
  )
  if (unknown !== undefined) {
    const names = declared.map(([joinPath]) => joinPath).join(', ') || 'none'
    throw new APIError(
      `'joins' contains ${quoteValue(unknown)}, which is not a join of this collection. ` +
        `Available joins: ${names}.`,
      400,
      undefined,
      true,
    )
  }
  for (const [joinPath, slug] of declared) {
    const join = joins[joinPath]
    if (join === undefined && req.payloadAPI === 'REST') validated[joinPath] = false
    if (join !== undefined)
      validated[joinPath] =
        join &&
        (await validateJoin(join, req.payload.collections[slug as CollectionSlug].config, req))
  }
  return { ...args, joins: validated }
}

/**
 * Whether a request specifies `joins=false`, which Payload reads as five joins named `0` to `4`.
 */
const isOnlyFalse = ({ payloadAPI, url }: PayloadRequest) =>
  payloadAPI === 'REST' && url !== undefined && new URL(url).searchParams.get('joins') === 'false'

type JoinQuery = {
  limit?: unknown
  page?: unknown
  sort?: unknown
  where?: unknown
}

async function validateJoin(
  join: JoinQuery,
  joined: SanitizedCollectionConfig,
  req: PayloadRequest,
): Promise<JoinQuery> {
  const target = omitComputedFields(joined)
  const { limit, page, sort, where, ...rest } = join
  if (clampLimit(limit) * (clampPage(page) - 1) > MAX_JOINED_ROW) {
    const hint = `Read them with GET /api/${target.slug} and a 'where'.`
    throw new APIError(
      `Joined lists are limited to their first ${MAX_JOINED_ROW} rows. ${hint}`,
      400,
      undefined,
      true,
    )
  }
  const columns = await parseSortColumns(sort, target, req)
  return {
    ...rest,
    ...(where !== undefined && where !== null && { where: readWhere(where, target, req) }),
    ...(columns.length > 0 && { sort: columns }),
    ...(limit !== undefined && { limit: clampLimit(limit) }),
    ...(page !== undefined && { page: clampPage(page) }),
  }
}

/** A collection as a joined list can be filtered and sorted: by its columns alone. */
const omitComputedFields = (collection: SanitizedCollectionConfig): SanitizedCollectionConfig => ({
  ...collection,
  flattenedFields: collection.flattenedFields.filter((field) => !findComputedSql(field)),
})

/**
 * Sorts only by columns of the collection itself, and only by those that the caller may read:
 * Payload checks this for `where`, but not for `sort`, which would reveal the order of a hidden
 * column.
 */
const checkSort: CollectionBeforeOperationHook = async ({ args, req }) => {
  const { sort, collection } = args as unknown as ReadArgs
  if (!isExternalCall(args) || sort === undefined || sort === null) return args
  const columns = await parseSortColumns(sort, collection.config, req)
  return { ...args, sort: columns.length > 0 ? columns : undefined }
}

/** The columns of a `sort`, each of which the caller may sort by. */
async function parseSortColumns(
  sort: unknown,
  collection: SanitizedCollectionConfig,
  req: PayloadRequest,
): Promise<string[]> {
  const read = parseSort(sort)
  if ('problem' in read) throw new APIError(read.problem, 400, undefined, true)
  const columns = read.value
  if (columns.length > MAX_SORTS)
    throw new APIError(
      `Rows can be sorted by at most ${MAX_SORTS} columns, not ${columns.length}.`,
      400,
      undefined,
      true,
    )
  for (const column of columns) {
    const name = column.replace(/^-/, '')
    if (!(await canSort(name, collection, req)))
      throw new QueryError([{ path: name.slice(0, 100) }])
    consumeQueryBudget(req, computeSortCost(name, collection))
  }
  return columns
}

function computeSortCost(name: string, { flattenedFields }: SanitizedCollectionConfig): number {
  const field = flattenedFields.find((one) => one.name === name)
  if (
    !field ||
    INDEXED.includes(name) ||
    ('index' in field && field.index) ||
    ('unique' in field && field.unique)
  )
    return 0
  return isLongText(field) ? QUERY_COST.sortByLongText : QUERY_COST.sort
}

/** Payload's own columns that have an index. */
const INDEXED = ['id', 'createdAt', 'updatedAt']

async function canSort(
  name: string,
  collection: SanitizedCollectionConfig,
  req: PayloadRequest,
): Promise<boolean> {
  const field = collection.flattenedFields.find((one) => one.name === name)
  if (!field) return name === 'id'
  const hasNoColumn = 'virtual' in field && field.virtual && !findComputedSql(field)
  if (('hidden' in field && field.hidden) || hasNoColumn) return false
  const read = 'access' in field ? field.access.read : undefined
  return read ? Boolean(await read({ req, data: {}, doc: {}, siblingData: {} })) : true
}
