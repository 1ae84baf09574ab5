import { randomInt } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { APIError, type PayloadRequest } from 'payload'
import { parseMediaType } from '../../domain/media-type.ts'
import { BodyError } from '../../uploads/body-error.ts'
import { scanUpload } from '../../uploads/scan/scan-upload.ts'
import { acquireUploadSlot } from '../../uploads/upload-slots.ts'
import { explainStorageError, toStorageResponseError } from '../../uploads/storage-error.ts'

const ARCHIVE_TYPES = [
  'application/zip',
  'application/x-zip-compressed',
  'application/octet-stream',
]
const HOW = 'Send the ZIP of GET /api/me/export as application/zip.'

/**
 * Stores the body of a request in a temporary file while `work` reads it. The file is among those
 * that are swept if the process ends before it is removed.
 */
export async function withReceivedArchive<Value>(
  req: PayloadRequest,
  work: (file: string) => Promise<Value>,
): Promise<Value> {
  const { type } = parseMediaType(req.headers.get('content-type'))
  if (!ARCHIVE_TYPES.includes(type)) throw new APIError(HOW, 415, undefined, true)
  const release = acquireUploadSlot(req)
  try {
    return await storeArchive(req, work)
  } catch (error) {
    throw toStorageResponseError(req, await explainStorageError(error, []))
  } finally {
    release()
  }
}

async function storeArchive<Value>(
  req: PayloadRequest,
  work: (file: string) => Promise<Value>,
): Promise<Value> {
  if (!req.body) throw new BodyError(400, `The body is empty. ${HOW}`)
  const { tempFileDir } = req.payload.config.upload
  if (tempFileDir === undefined) throw new Error('The configuration has no folder for uploads.')
  await mkdir(tempFileDir, { recursive: true, mode: 0o700 })
  const file = path.join(tempFileDir, `tmp-${randomInt(2 ** 47)}-${Date.now()}`)
  try {
    await pipeline(
      Readable.fromWeb(req.body as NodeReadableStream),
      createWriteStream(file, { flags: 'wx', mode: 0o600 }),
    ).catch(async (error: unknown) => {
      throw await explainStorageError(error, [tempFileDir])
    })
    await scanUpload(req, { path: file })
    return await work(file)
  } finally {
    await rm(file, { force: true })
  }
}
