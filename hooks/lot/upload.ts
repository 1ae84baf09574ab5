import { randomUUID } from 'node:crypto'
import { APIError, type CollectionBeforeOperationHook } from 'payload'

/**
 * Gives a photo a random name before anything else uses it: the client's file name never becomes a
 * path or a URL. A stored photo's file is never replaced, because cars refer to it by name.
 */
export const namePhoto: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (!req.file) return args
  if (operation === 'update')
    throw new APIError(
      'The file of a photo cannot be replaced. Upload a new photo, then delete this one.',
      400,
      undefined,
      true,
    )
  req.file.name = `${randomUUID()}${getExtension(req.file.mimetype)}`
  return args
}

const getExtension = (mimetype: string) => `.${/^image\/([a-z]+)$/.exec(mimetype)?.[1] ?? 'bin'}`
