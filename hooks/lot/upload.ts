import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { APIError, type CollectionBeforeOperationHook } from 'payload'
import {
  detectFileType,
  IMAGE_TYPE_NAMES,
  readLatin1,
} from '../../src/documents/domain/file-types.ts'
import { inspectBytes } from '../../src/documents/inspect-file.ts'

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

/** The quality of a decoded HEIC photo: high, because it is encoded once more. */
const DECODED_QUALITY = 95

/**
 * Decodes a HEIC photo, as phones take them, before anything else reads it, because the image
 * library cannot. The limits and errors are those of the garage: a 415 says what to do.
 */
export const decodeHeicPhoto: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  const { file } = req
  if (operation !== 'create' || !file) return args
  const bytes = file.tempFilePath ? await readFile(file.tempFilePath) : file.data
  const detected = detectFileType(bytes)
  const isHeic = 'type' in detected && detected.type === 'image/heic'
  if (!isHeic && isUnknownHeif(bytes)) throw new APIError(NO_PHOTO, 415, undefined, true)
  if (!isHeic) return args
  const { preview } = await inspectBytes(req, bytes, IMAGE_TYPE_NAMES, DECODED_QUALITY)
  if (!preview) return args
  if (file.tempFilePath) await writeFile(file.tempFilePath, preview.bytes)
  else file.data = preview.bytes
  file.size = preview.bytes.byteLength
  file.mimetype = 'image/jpeg'
  file.name = 'photo.jpg'
  return args
}

/**
 * Whether a file is of the family of HEIC, but neither HEIC nor AVIF, such as a sequence of images.
 * Payload would store it as it is, because the collection accepts HEIC.
 */
const isUnknownHeif = (bytes: Uint8Array): boolean =>
  readLatin1(bytes, 4, 8) === 'ftyp' && !readLatin1(bytes, 8, 12).startsWith('avi')

const NO_PHOTO = `The file is not a photo. Send a ${IMAGE_TYPE_NAMES} file.`

const getExtension = (mimetype: string) => `.${/^image\/([a-z]+)$/.exec(mimetype)?.[1] ?? 'bin'}`
