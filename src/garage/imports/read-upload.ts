import { APIError, type PayloadRequest } from 'payload'
import { UNREADABLE_FORM } from '../../api/errors/unreadable-request.ts'
import { parseMediaType } from '../../domain/media-type.ts'
import { isMultipart } from '../../uploads/body-limits.ts'
import { BodyError } from '../../uploads/body-error.ts'
import { scanUpload } from '../../uploads/scan/scan-upload.ts'
import { acquireUploadSlot } from '../../uploads/upload-slots.ts'
import { MAX_FILE_BYTES } from './read-rows.ts'
import { RefusedImport } from './refused-import.ts'

/** How a file may be sent without a form. */
const FILE_TYPES = ['text/csv', 'text/plain', 'application/octet-stream', 'application/csv']

const HOW = 'Send the file as text/csv, or as the part "file" of a form.'

/**
 * Reads the file of a request: the body itself, or the part `file` of a form. Throws a 400, 413 or
 * 415 that says how to send it.
 */
export async function readUpload(req: PayloadRequest): Promise<Uint8Array> {
  const type = req.headers.get('content-type')
  const release = acquireUploadSlot(req)
  const bytes = await (isMultipart(type) ? readFormFile(req) : readBodyFile(req, type)).finally(
    release,
  )
  if (bytes.byteLength > MAX_FILE_BYTES)
    throw new BodyError(
      413,
      `The file has ${bytes.byteLength} bytes, and the limit is ${MAX_FILE_BYTES}. Split it into ` +
        'several files, each with its header.',
    )
  if (bytes.byteLength === 0) throw new RefusedImport(`The file is empty. ${HOW}`)
  await scanUpload(req, { bytes })
  return bytes
}

async function readBodyFile(req: PayloadRequest, type: string | null): Promise<Uint8Array> {
  const media = parseMediaType(type).type
  const bytes = new Uint8Array((await req.arrayBuffer?.()) ?? [])
  if (bytes.byteLength > 0 && !FILE_TYPES.includes(media))
    throw new APIError(HOW, 415, undefined, true)
  return bytes
}

async function readFormFile({ body, headers }: PayloadRequest): Promise<Uint8Array> {
  const form = await new Response(body, {
    headers: { 'content-type': headers.get('content-type') ?? '' },
  })
    .formData()
    .catch((error: unknown) => {
      throw error instanceof BodyError ? error : new BodyError(400, UNREADABLE_FORM, error)
    })
  const others = [...form.keys()].filter((name) => name !== 'file')
  const [file, second] = form.getAll('file')
  if (!(file instanceof File) || second !== undefined || others.length > 0)
    throw new RefusedImport(
      'The form must have one file, in the part "file", and nothing else. Options are part of ' +
        'the URL, such as ?dryRun=true.',
    )
  return new Uint8Array(await file.arrayBuffer())
}
