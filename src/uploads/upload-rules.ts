import {
  APIError,
  type CollectionBeforeOperationHook,
  type CollectionConfig,
  MissingFile,
  type PayloadRequest,
} from 'payload'
import { serveFile } from './serve-file.ts'
import { isExternalCall } from '../access/external-call.ts'

/**
 * A collection that accepts files only as uploads in the request, unchanged: Payload would
 * otherwise fetch one from a URL in the body.
 */
export function withUploadRules(collection: CollectionConfig): CollectionConfig {
  if (!collection.upload) return collection
  const { beforeOperation = [] } = collection.hooks ?? {}
  const upload = typeof collection.upload === 'object' ? collection.upload : {}
  return {
    ...collection,
    upload: { ...upload, pasteURL: false, handlers: [...(upload.handlers ?? []), serveFile] },
    hooks: { ...collection.hooks, beforeOperation: [requireFile, refuseEdits, ...beforeOperation] },
  }
}

/**
 * A row with a file is created with the file. A caller who may not create rows is refused later for
 * that reason.
 */
const requireFile: CollectionBeforeOperationHook = async ({ args, collection, operation, req }) => {
  if (operation !== 'create' || req.file || !isExternalCall(args)) return args
  const isAllowed = await collection.access.create({ req })
  if (isAllowed) throw new MissingFile(req.t)
  return args
}

/**
 * Edits of a stored file, in the query, would have Payload read it again from its URL and write
 * over it.
 */
const refuseEdits: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  const edits: unknown = (req as Partial<PayloadRequest>).query?.['uploadEdits']
  const isWrite = operation === 'create' || operation === 'update'
  if (!isWrite || !isExternalCall(args) || edits === undefined || isEmpty(edits)) return args
  throw new APIError(
    'uploadEdits is not available: files are stored exactly as uploaded.',
    400,
    undefined,
    true,
  )
}

const isEmpty = (edits: unknown) =>
  edits === '' || (typeof edits === 'object' && edits !== null && Object.keys(edits).length === 0)
