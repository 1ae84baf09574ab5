import path from 'node:path'
import {
  APIError,
  type CollectionBeforeOperationHook,
  type CollectionConfig,
  type PayloadRequest,
  QueryError,
  type SanitizedCollectionConfig,
} from 'payload'
import type { Settings } from '../env.ts'
import { oneByOne } from './one-by-one.ts'

/** As many rows as one answer of the API may hold, and as many as it holds when nobody says. */
const MOST_ROWS = 100
const ROWS = 10
const LAST_PAGE = 1_000_000

/** A collection with the limits that every caller of the API meets; code of ours is not limited. Uploads are kept where settings say. */
export function withLimits(collection: CollectionConfig, settings: Settings): CollectionConfig {
  const before = [takeWhere, takeObject, takeWhole, limitRows, checkSort]
  const hooks = { ...collection.hooks, beforeOperation: [...(collection.hooks?.beforeOperation ?? []), ...before] }
  const endpoints = [...(collection.endpoints || []), ...oneByOne]
  const limited = { ...collection, hooks, endpoints }
  if (typeof collection.auth === 'object') {
    const cookies = { sameSite: 'Lax' as const, secure: settings.production, ...collection.auth.cookies }
    return { ...limited, auth: { ...collection.auth, cookies } }
  }
  if (!collection.upload) return limited
  const upload = collection.upload === true ? {} : collection.upload
  return { ...limited, upload: { ...upload, staticDir: path.resolve(settings.MEDIA_DIR) } }
}

/** Operators that need a column for places, which there is none of. */
const PLACES = /"(near|within|intersects)":/

/** A `where` is an object of columns and operators that PostgreSQL can be asked here. */
const takeWhere: CollectionBeforeOperationHook = ({ args, req }) => {
  const { where } = args as { where?: unknown }
  if (req.payloadAPI === 'local' || where === undefined || where === null) return args
  if (typeof where === 'object' && !PLACES.test(JSON.stringify(where))) return args
  throw new APIError("The 'where' can not be understood: say where[column][operator]=value.", 400, undefined, true)
}

/** What a write answers is whole: hooks that follow it look at the row, which a `select` would cut. */
const takeWhole: CollectionBeforeOperationHook = ({ args, operation }) =>
  ['create', 'update', 'delete'].includes(operation) && 'select' in args ? { ...args, select: undefined } : args

type WriteArgs = { data?: unknown }

/** A body is a JSON object, and when a row was made and changed is not for it to say. */
const takeObject: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (req.payloadAPI === 'local' || (operation !== 'create' && operation !== 'update')) return args
  const { data } = args as WriteArgs
  if (!req.file && (typeof data !== 'object' || data === null || Array.isArray(data)))
    throw new APIError('The body must be a JSON object, sent as application/json.', 400, undefined, true)
  const { createdAt: _made, updatedAt: _changed, ...rest } = (data ?? {}) as Record<string, unknown>
  return { ...args, data: rest }
}

type ReadArgs = { limit?: number; page?: number; sort?: string | string[]; collection: { config: SanitizedCollectionConfig } }

/** 1 to 100 rows an answer; `limit=0`, which Payload takes for "all", is the default instead. Pages begin with 1. */
const limitRows: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (req.payloadAPI === 'local' || operation !== 'read' || !('limit' in args)) return args
  const said = Number((args as ReadArgs).limit)
  const limit = Number.isFinite(said) && said >= 1 ? Math.min(Math.floor(said), MOST_ROWS) : ROWS
  const page = Number((args as ReadArgs).page)
  return { ...args, limit, page: page >= 1 && page <= LAST_PAGE ? Math.floor(page) : 1 }
}

/**
 * Sorts by own columns alone, and only by those that the caller may read: Payload checks that of `where`, but not of `sort`, which
 * would tell the order of a hidden column.
 */
const checkSort: CollectionBeforeOperationHook = async ({ args, req }) => {
  const { sort, collection } = args as unknown as ReadArgs
  if (req.payloadAPI === 'local' || !sort) return args
  for (const said of Array.isArray(sort) ? sort : sort.split(',')) {
    const name = said.trim().replace(/^-/, '')
    if (!(await maySort(name, collection.config, req))) throw new QueryError([{ path: name }])
  }
  return args
}

async function maySort(name: string, collection: SanitizedCollectionConfig, req: PayloadRequest): Promise<boolean> {
  const field = collection.flattenedFields.find((one) => one.name === name)
  if (!field) return name === 'id'
  if (('hidden' in field && field.hidden) || ('virtual' in field && field.virtual)) return false
  const read = 'access' in field ? field.access.read : undefined
  return read ? Boolean(await read({ req, data: {}, doc: {}, siblingData: {} })) : true
}
