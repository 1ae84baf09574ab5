import {
  APIError,
  type CollectionSlug,
  type Endpoint,
  Forbidden,
  type PayloadRequest,
  ValidationError,
  type Where,
} from 'payload'
import { type ApiError, getErrorCode, VALIDATION_FAILED } from '../domain/api-error.ts'
import { parseSort } from '../domain/sort.ts'
import { quoteValue } from '../domain/input-values.ts'
import { findDatabaseRefusal } from './errors/database-refusal.ts'
import { dropUnsavedCookies } from '../auth/sessions/new-session.ts'
import { isBlank, listEntries } from './where/read-condition.ts'
import { describeRefusal, formatValidationError } from './errors/format-refusal.ts'
import { finishFiles, undoFiles } from '../uploads/stored-files.ts'
import { requireObject } from './require-json-object.ts'
import { deleteOrTrash } from './trash/trash.ts'

/** The result of a bulk change: every row that was changed, and the reason for every other row. */
type BulkResult = { docs: unknown[]; errors: BulkFailure[] }

type BulkFailure = ApiError & { id: string; isPublic: boolean }

type RowChange = (req: PayloadRequest, collection: CollectionSlug, id: string) => Promise<unknown>

const MAX_BULK_ROWS = 100

/**
 * Bulk changes (`PATCH /api/inventory?where…`, `DELETE …`), one after the other, each in a separate
 * transaction. Payload makes them all at once in one transaction: a row that the database refuses
 * undoes the rows that are reported as changed, and hooks that read other rows do not see each
 * other's changes.
 */
export const bulkEndpoints: Endpoint[] = [
  {
    path: '/',
    method: 'patch',
    handler: (req) =>
      runSequentially(req, 'update', (rowReq, collection, id) =>
        rowReq.payload.update({
          collection,
          id,
          data: { ...rowReq.data },
          depth: 0,
          trash: includesTrash(rowReq),
          overrideAccess: false,
          req: rowReq,
        }),
      ),
  },
  {
    path: '/',
    method: 'delete',
    handler: (req) =>
      runSequentially(req, 'delete', (callerReq, collection, id) =>
        callerReq.payload.collections[collection].config.trash
          ? deleteOrTrash(callerReq, collection, id, includesTrash(callerReq))
          : callerReq.payload.delete({
              collection,
              id,
              depth: 0,
              overrideAccess: false,
              req: callerReq,
            }),
      ),
  },
]

async function runSequentially(
  req: PayloadRequest,
  operation: 'update' | 'delete',
  change: RowChange,
): Promise<Response> {
  const collection = req.routeParams?.['collection'] as CollectionSlug
  const { config } = req.payload.collections[collection]
  const data =
    config.trash && operation === 'delete' && !includesTrash(req) ? { deletedAt: true } : undefined
  if (!(await config.access[operation]({ req, ...(data && { data }) }))) throw new Forbidden(req.t)
  if (operation === 'update') requireObject(req.data)
  const ids = await findIds(req, collection)
  const outcome: BulkResult = { docs: [], errors: [] }
  const statuses = new Set<number>()
  for (const id of ids) {
    try {
      outcome.docs.push(await change(req, collection, id))
      await finishFiles(req)
    } catch (error) {
      await undoFiles(req, error)
      await dropUnsavedCookies(req)
      const { status, ...reason } = describeRowFailure(error, req)
      statuses.add(status)
      outcome.errors.push({ id, ...reason })
    }
  }
  const failed = outcome.errors.length
  const message =
    failed > 0
      ? `${failed} of ${ids.length} could not be ${operation}d.`
      : `${ids.length} ${operation}d.`
  return Response.json({ ...outcome, message }, { status: resolveStatus(statuses) })
}

/**
 * The status of an outcome with failures: 503 if a row's outcome is unknown, 409 if every failure
 * was a concurrent change.
 */
function resolveStatus(failures: ReadonlySet<number>): number {
  if (failures.size === 0) return 200
  if (failures.has(503)) return 503
  return failures.size === 1 && failures.has(409) ? 409 : 400
}

/** Whether rows in the trash are included; a deletion is then permanent. */
const includesTrash = (req: PayloadRequest) => req.query['trash'] === 'true'

/**
 * The IDs of the rows to change: the first `limit` rows in the order of `sort`, or all that match,
 * which must be MAX_BULK_ROWS at most.
 */
async function findIds(req: PayloadRequest, collection: CollectionSlug): Promise<string[]> {
  const where: unknown = req.query['where']
  if (!hasConditions(where))
    throw new APIError(
      "Specify the rows with a 'where', for example where[status][equals]=sold.",
      400,
      undefined,
      true,
    )
  const empty = findEmptyValue(where)
  if (empty !== undefined)
    throw new APIError(
      `${empty} has an empty value. Write null to match rows without a value.`,
      400,
      undefined,
      true,
    )
  const limit = readLimit(req.query['limit'])
  const sort = parseSort(req.query['sort'])
  if ('problem' in sort) throw new APIError(sort.problem, 400, undefined, true)
  const found = await req.payload.find({
    collection,
    where,
    limit: limit ?? MAX_BULK_ROWS + 1,
    sort: sort.value,
    depth: 0,
    trash: includesTrash(req),
    overrideAccess: false,
    req,
  })
  if (limit !== undefined || found.totalDocs <= MAX_BULK_ROWS)
    return found.docs.map((row) => String(row.id))
  throw new APIError(
    `${found.totalDocs} rows match, but at most ${MAX_BULK_ROWS} can be changed at once. ` +
      "Narrow the 'where', or set a 'limit'.",
    400,
    undefined,
    true,
  )
}

/**
 * The maximum number of rows to change; undefined if the request has none, or has 0, as the panel
 * sends.
 */
function readLimit(limit: unknown): number | undefined {
  if (limit === undefined || limit === '' || limit === '0') return undefined
  const rows = Number(limit)
  if (Number.isInteger(rows) && rows >= 1 && rows <= MAX_BULK_ROWS) return rows
  throw new APIError(
    `'limit' must be a whole number from 1 to ${MAX_BULK_ROWS}, not ${quoteValue(limit)}.`,
    400,
    undefined,
    true,
  )
}

/**
 * Whether every branch names a column and an operator: Payload treats a branch without them as "all
 * rows".
 */
function hasConditions(where: unknown): where is Where {
  if (typeof where !== 'object' || where === null || Array.isArray(where)) return false
  const parts: [string, unknown][] = Object.entries(where)
  return (
    parts.length > 0 &&
    parts.every(([name, value]) =>
      /^(and|or)$/i.test(name) ? isBranches(value) : isCondition(value),
    )
  )
}

const isBranches = (value: unknown) =>
  Array.isArray(value) && value.length > 0 && value.every(hasConditions)
const isCondition = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length > 0

/**
 * The first condition with an empty value, as the query writes it: a blank text, a blank list entry
 * or an empty list. Reads treat some of them as "no value"; in a bulk change they are more likely a
 * variable that was not set. Only `where[id][not_equals]=` is allowed: the panel sends it for all
 * rows.
 */
function findEmptyValue(where: object, prefix = 'where'): string | undefined {
  for (const [name, value] of Object.entries(where) as [string, unknown][]) {
    const path = `${prefix}[${name}]`
    if (value === '' && path.endsWith('[id][not_equals]')) continue
    const isList = name === 'in' || name === 'not_in' || Array.isArray(value)
    const entries = isList ? listEntries(value) : [value]
    if (entries.length === 0 || entries.some(isBlank)) return path
    const inner =
      typeof value === 'object' && value !== null ? findEmptyValue(value, path) : undefined
    if (inner) return inner
  }
  return undefined
}

function describeRowFailure(
  error: unknown,
  { data, payload }: PayloadRequest,
): Omit<BulkFailure, 'id'> & { status: number } {
  if (error instanceof ValidationError) {
    const path = error.data.errors[0]?.path ?? null
    return {
      isPublic: true,
      message: formatValidationError(error, payload),
      code: VALIDATION_FAILED,
      path,
      status: error.status,
    }
  }
  const refused = findDatabaseRefusal(error, payload, data)
  const isForClient =
    !refused && error instanceof APIError && (error.isPublic || error.status < 500)
  const withCode = (status: number, path: string | null = null) => ({
    status,
    path,
    code: path ? VALIDATION_FAILED : getErrorCode(status),
  })
  if (isForClient) return { isPublic: true, message: error.message, ...withCode(error.status) }
  if (!refused) return { isPublic: false, message: 'Something went wrong.', ...withCode(500) }
  return {
    isPublic: true,
    message: describeRefusal(refused),
    ...withCode(refused.status, refused.path),
  }
}
