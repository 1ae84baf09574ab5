import {
  APIError,
  type CollectionBeforeOperationHook,
  type PayloadRequest,
  type SanitizedCollectionConfig,
} from 'payload'
import { findJsonValueProblem } from '../domain/json-limits.ts'
import { parseInstant } from '../domain/input-values.ts'
import { PASSWORD_FIELDS, readFields } from './read-fields.ts'

type WriteArgs = {
  data?: unknown
  id?: string | number
  overrideAccess?: boolean
}

/**
 * The context key for the expected states of the rows until they are read; see
 * `findExpectedUpdatedAt`.
 */
const EXPECTED_UPDATED_AT_KEY = 'updatedAtSaid'

/**
 * A body is a JSON object within JSON_LIMITS. Only the names that the collection declares are
 * passed on, each with the value as its column stores it: see `readFields`. A body cannot set when
 * a row was created or changed: an `updatedAt` names the state of the row that the change is based
 * on, and is compared with it.
 */
export const requireJsonObject: CollectionBeforeOperationHook = async ({
  args,
  collection,
  operation,
  req,
}) => {
  const { data, id, overrideAccess } = args as WriteArgs
  if (req.payloadAPI === 'local' || overrideAccess === true) return args
  if (operation !== 'create' && operation !== 'update') return args
  if (!req.file || (data !== undefined && data !== null)) requireObject(data)
  const problem = findJsonValueProblem(data)
  if (problem) throw new APIError(problem, 400, undefined, true)
  const body = (data ?? {}) as Record<string, unknown>
  if (operation === 'update')
    rememberExpectedUpdatedAt(
      req,
      `${collection.slug}/${String(id)}`,
      getOwnProperty(body, 'updatedAt'),
    )
  return {
    ...args,
    data: await readFields(pickDeclared(body, collection), { collection, id, operation, req }),
  }
}

/**
 * Throws a 400 for the data of a write that is not a JSON object, such as a list, or nothing at
 * all.
 */
export function requireObject(data: unknown): asserts data is object {
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw new APIError(
      'The body must be a JSON object, sent as application/json.',
      400,
      undefined,
      true,
    )
}

const TIMESTAMPS = ['createdAt', 'updatedAt']

/**
 * The part of a body that a collection declares; Payload copies the whole body for each field.
 * Leaves out the fields that Payload manages (sessions, hashes and file metadata): a body cannot
 * set them.
 */
function pickDeclared(
  body: Record<string, unknown>,
  { auth, flattenedFields, upload }: SanitizedCollectionConfig,
) {
  const keepsAccounts = [auth].some(Boolean)
  const keepsOwnFields = [auth, upload].some(Boolean)
  const declared = flattenedFields
    .filter(
      ({ custom, name }) =>
        !TIMESTAMPS.includes(name) && !(keepsOwnFields && custom?.['column'] === undefined),
    )
    .map(({ name }) => name)
  const names = [...declared, ...(keepsAccounts ? PASSWORD_FIELDS : [])].filter((name) =>
    Object.hasOwn(body, name),
  )
  return Object.fromEntries(names.map((name) => [name, body[name]]))
}

const getOwnProperty = (body: Record<string, unknown>, name: string) =>
  Object.hasOwn(body, name) ? body[name] : undefined

/**
 * The `updatedAt`, in milliseconds, that the body of this request expects the row to have;
 * undefined if it has none.
 */
export function findExpectedUpdatedAt(
  req: PayloadRequest,
  slug: string,
  id: unknown,
): number | undefined {
  return (req.context[EXPECTED_UPDATED_AT_KEY] as Record<string, number | undefined> | undefined)?.[
    `${slug}/${String(id)}`
  ]
}

function rememberExpectedUpdatedAt(req: PayloadRequest, row: string, updatedAt: unknown): void {
  const isAbsent = updatedAt === undefined || updatedAt === null || updatedAt === ''
  const moment = isAbsent ? undefined : parseUpdatedAt(updatedAt)
  req.context[EXPECTED_UPDATED_AT_KEY] = {
    ...(req.context[EXPECTED_UPDATED_AT_KEY] as object | undefined),
    [row]: moment,
  }
}

function parseUpdatedAt(updatedAt: unknown): number {
  const read = parseInstant(updatedAt)
  if (!('problem' in read)) return read.value.getTime()
  throw new APIError(
    `updatedAt ${read.problem}; send the row's updatedAt exactly as you last read it.`,
    400,
    undefined,
    true,
  )
}
