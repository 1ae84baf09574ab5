import {
  APIError,
  type CollectionBeforeOperationHook,
  type FlattenedField,
  type PayloadRequest,
  type SanitizedCollectionConfig,
  ValidationError,
} from 'payload'
import { columnOf } from '../fields/column.ts'
import { findJsonValueProblem } from '../domain/json-limits.ts'
import { quote } from '../domain/written-values.ts'

type WriteArgs = { data?: unknown; id?: unknown; overrideAccess?: boolean }

/** Where the states that bodies rely on wait for the rows to be read; see `updatedAtSaid`. */
const SAID = 'updatedAtSaid'

/**
 * A body is a JSON object within JSON_LIMITS, of which only the names that the collection declares go on. When a row was made and changed
 * is not for it to specify: an `updatedAt` names the state of the row the change was prepared from, and is compared with it.
 */
export const takeObject: CollectionBeforeOperationHook = ({ args, collection, operation, req }) => {
  const { data, id, overrideAccess } = args as WriteArgs
  if (req.payloadAPI === 'local' || overrideAccess === true) return args
  if (operation !== 'create' && operation !== 'update') return args
  if (!req.file && (typeof data !== 'object' || data === null || Array.isArray(data)))
    throw new APIError('The body must be a JSON object, sent as application/json.', 400, undefined, true)
  const problem = findJsonValueProblem(data)
  if (problem) throw new APIError(problem, 400, undefined, true)
  const body = (data ?? {}) as Record<string, unknown>
  if (operation === 'update') remember(req, `${collection.slug}/${String(id)}`, own(body, 'updatedAt'))
  const declared = pickDeclared(body, collection)
  checkTypes(declared, collection, req)
  return { ...args, data: declared }
}

/** Keys that a body may hold for an account although they are not columns of it. */
const OF_ACCOUNTS = ['password', 'currentPassword']
const TIMESTAMPS = ['createdAt', 'updatedAt']

/**
 * The part of a body that a collection declares; Payload copies the whole of it for each field. Without the fields that Payload keeps
 * for itself (sessions, hashes and the metadata of a file): a body cannot set them.
 */
function pickDeclared(body: Record<string, unknown>, { auth, flattenedFields, upload }: SanitizedCollectionConfig) {
  const keepsAccounts = [auth].some(Boolean)
  const keepsOwnFields = [auth, upload].some(Boolean)
  const declared = flattenedFields
    .filter(({ custom, name }) => !TIMESTAMPS.includes(name) && !(keepsOwnFields && custom?.['column'] === undefined))
    .map(({ name }) => name)
  const names = [...declared, ...(keepsAccounts ? OF_ACCOUNTS : [])].filter((name) => Object.hasOwn(body, name))
  return Object.fromEntries(names.map((name) => [name, body[name]]))
}

/**
 * Throws a 400 at the field where a value has the wrong type for its field, before hooks see it: hooks and Payload call string
 * methods on values of a body, and a column of PostgreSQL cannot hold Infinity.
 */
function checkTypes(body: Record<string, unknown>, { flattenedFields, slug }: SanitizedCollectionConfig, req: PayloadRequest) {
  const fields = new Map(flattenedFields.map((field) => [field.name, field]))
  const errors = Object.entries(body).flatMap(([path, value]) => {
    if (value === null || value === undefined) return []
    const field = fields.get(path)
    const isDay = field !== undefined && columnOf(field).type?.kind === 'date'
    const message = isDay ? null : findTypeProblem(OF_ACCOUNTS.includes(path) ? { type: 'text' } : field, value)
    return message ? [{ path, message }] : []
  })
  if (errors.length > 0) throw new ValidationError({ collection: slug, errors }, req.t)
}

type Typed = Pick<FlattenedField, 'type'> & { options?: readonly unknown[] }

/** Why a value has the wrong type for a field, by the type of the field alone; null where the field decides. */
function findTypeProblem(field: Typed | undefined, value: unknown): string | null {
  const type = field?.type
  const isText = typeof value === 'string'
  if (isText && value.includes('\0')) return 'holds the character NUL, which no text may hold'
  if (type === 'select') return isText ? null : `must be one of ${valuesOf(field).join(', ')}, not ${quote(value)}`
  if (type && TEXTS.includes(type)) return isText ? null : `must be a text, not ${quote(value)}`
  const isPlain = (typeof value !== 'object' || value instanceof Date) && value !== Infinity && value !== -Infinity
  return isPlain || !type || !PLAIN.includes(type)
    ? null
    : `must be ${type === 'number' ? 'a number' : 'a plain value'}, not ${quote(value)}`
}

const TEXTS = ['email', 'text', 'textarea', 'code', 'radio']
const PLAIN = ['number', 'date', 'checkbox']
const valuesOf = (field: Typed | undefined) =>
  (field?.options ?? []).map((one) => (typeof one === 'string' ? one : (one as { value: string }).value))

const own = (body: Record<string, unknown>, name: string) => (Object.hasOwn(body, name) ? body[name] : undefined)

/** The `updatedAt`, in milliseconds, that the body of this request says the row has; undefined when it says none. */
export function updatedAtSaid(req: PayloadRequest, slug: string, id: unknown): number | undefined {
  return (req.context[SAID] as Record<string, number | undefined> | undefined)?.[`${slug}/${String(id)}`]
}

function remember(req: PayloadRequest, row: string, said: unknown): void {
  const moment = said === undefined || said === null || said === '' ? undefined : momentOf(said)
  req.context[SAID] = { ...(req.context[SAID] as object | undefined), [row]: moment }
}

function momentOf(said: unknown): number {
  const moment = typeof said === 'string' ? Date.parse(said) : said instanceof Date ? said.getTime() : NaN
  if (!Number.isNaN(moment)) return moment
  throw new APIError('updatedAt — must be the moment that the row was last changed, as it was read.', 400, undefined, true)
}
