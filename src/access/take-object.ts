import { APIError, type CollectionBeforeOperationHook, type PayloadRequest, type SanitizedCollectionConfig } from 'payload'

type WriteArgs = { data?: unknown; id?: unknown; overrideAccess?: boolean }

/** Where the states that bodies rely on wait for the rows to be read; see `updatedAtSaid`. */
const SAID = 'updatedAtSaid'

/**
 * A body is a JSON object, and when a row was made and changed is not for it to say. An `updatedAt` says which state of the row the
 * change was prepared from, and is compared with it.
 */
export const takeObject: CollectionBeforeOperationHook = ({ args, collection, operation, req }) => {
  const { data, id, overrideAccess } = args as WriteArgs
  if (req.payloadAPI === 'local' || overrideAccess === true) return args
  if (operation !== 'create' && operation !== 'update') return args
  if (!req.file && (typeof data !== 'object' || data === null || Array.isArray(data)))
    throw new APIError('The body must be a JSON object, sent as application/json.', 400, undefined, true)
  const { createdAt: _made, updatedAt, ...rest } = (data ?? {}) as Record<string, unknown>
  if (operation === 'update') remember(req, `${collection.slug}/${String(id)}`, updatedAt)
  const ours = Object.entries(rest).filter(([name]) => !isPayloads(collection, name))
  return { ...args, data: Object.fromEntries(ours) }
}

/** Fields that Payload keeps for itself, sessions and hashes and what it knows of a file: no body says them. */
function isPayloads({ auth, flattenedFields, upload }: SanitizedCollectionConfig, name: string): boolean {
  const field = flattenedFields.find((one) => one.name === name)
  return field !== undefined && [auth, upload].some(Boolean) && field.custom?.['column'] === undefined
}

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
