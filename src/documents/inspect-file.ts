import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { APIError, type PayloadRequest } from 'payload'
import { getService } from '../services.ts'
import { decodeImage, type Preview } from './adapters/decode-image.ts'
import type { HeicDecoder } from './adapters/heic/heic-decoder.ts'
import { findContentProblem } from './domain/file-content.ts'
import { detectFileType, FILE_TYPE_NAMES, type FileType } from './domain/file-types.ts'

declare module '../services.ts' {
  interface Services {
    heicDecoder: HeicDecoder
  }
}

/** A file that may be stored: its bytes as they are, its type, and for an image its preview. */
export type InspectedFile = {
  bytes: Buffer
  type: FileType
  hash: string
  preview: Preview | null
}

/** Reads a received file and inspects it: see `inspectBytes`. */
export const inspectFile = async (
  req: PayloadRequest,
  path: string,
  accepted: string = FILE_TYPE_NAMES,
): Promise<InspectedFile> => inspectBytes(req, await readFile(path), accepted)

/**
 * Makes sure that a file is what it claims to be: by its first bytes, by its structure, and for an
 * image by decoding every pixel. Throws a 415 that says what to do; `accepted` names the types to
 * send instead of another one, and `quality` is that of the preview.
 */
export async function inspectBytes(
  { payload }: Pick<PayloadRequest, 'payload'>,
  bytes: Buffer,
  accepted: string = FILE_TYPE_NAMES,
  quality?: number,
): Promise<InspectedFile> {
  const detected = detectFileType(bytes)
  if ('other' in detected) throw refuseFile(describeType(detected.other, accepted))
  const { type } = detected
  const problem = findContentProblem(bytes, type)
  if (problem !== null) throw refuseFile(`The file ${problem}. ${ADVICE[type]}`)
  const hash = hashBytes(bytes)
  if (type === 'application/pdf') return { bytes, type, hash, preview: null }
  const decoded = await decodeImage(bytes, type, getService(payload, 'heicDecoder'), quality)
  if ('problem' in decoded) throw refuseFile(`The image ${decoded.problem}. ${ADVICE[type]}`)
  return { bytes, type, hash, preview: decoded.preview }
}

/** The SHA-256 of bytes, in hexadecimal. */
export const hashBytes = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

const describeType = (other: string | null, accepted: string): string =>
  other === null
    ? `The type of the file is not known. Send a ${accepted} file.`
    : `The file is ${other}. Save it as a ${accepted} file, then upload that.`

const IMAGE_ADVICE = 'Open it and save it again as a JPEG, then upload that.'
const ADVICE: Readonly<Record<FileType, string>> = {
  'application/pdf': 'Open it and print or save it as a PDF again, then upload that.',
  'image/jpeg': IMAGE_ADVICE,
  'image/png': IMAGE_ADVICE,
  'image/webp': IMAGE_ADVICE,
  'image/heic': IMAGE_ADVICE,
}

const refuseFile = (message: string) => new APIError(message, 415, undefined, true)
