import { createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as ByteStream } from 'node:stream/web'
import type { PayloadRequest } from 'payload'
import { BodyError } from './body-error.ts'
import { FILE_BYTES, formatSize, isMultipart } from './body-limits.ts'
import { readBody, removeTempFiles } from './read-body.ts'
import { scanUpload } from './scan/scan-upload.ts'
import { explainStorageError, toStorageResponseError } from './storage-error.ts'
import { buildTempPath } from './temp-files.ts'
import { acquireUploadSlot } from './upload-slots.ts'

/** A received file: where its bytes are, and the name that a form gave it, if any. */
export type ReceivedFile = { path: string; name: string | null }

/**
 * Receives the file of a request: the part `file` of a form, or the body itself. It is written to
 * the disk while it arrives, and removed after `work`. Takes a slot meanwhile. Check access before.
 * Throws a BodyError, NoFreeSlot, and for a storage that fails StorageFull or StorageUnavailable.
 */
export async function withReceivedFile<Value>(
  req: PayloadRequest,
  work: (file: ReceivedFile) => Promise<Value>,
): Promise<Value> {
  const release = acquireUploadSlot(req)
  try {
    return isMultipart(req.headers.get('content-type'))
      ? await withFileOfForm(req, work)
      : await withRawFile(req, work)
  } catch (error) {
    throw toStorageResponseError(req, await explainStorageError(error, []))
  } finally {
    release()
  }
}

async function withFileOfForm<Value>(
  req: PayloadRequest,
  work: (file: ReceivedFile) => Promise<Value>,
): Promise<Value> {
  try {
    await readBody(req, true)
    const { tempFilePath: path, name = null } = req.file ?? {}
    if (!path) throw new BodyError(400, NO_FILE)
    return await work({ path, name })
  } finally {
    await removeTempFiles(req)
  }
}

async function withRawFile<Value>(
  req: PayloadRequest,
  work: (file: ReceivedFile) => Promise<Value>,
): Promise<Value> {
  if (!req.body) throw new BodyError(400, NO_FILE)
  const path = buildTempPath(req.payload)
  try {
    await writeBody(req.body, path)
    const { size } = await stat(path)
    if (size === 0) throw new BodyError(400, NO_FILE)
    if (size > FILE_BYTES)
      throw new BodyError(413, `The file is too large: the limit is ${formatSize(FILE_BYTES)}.`)
    await scanUpload(req, { path })
    return await work({ path, name: null })
  } finally {
    await rm(path, { force: true })
  }
}

const writeBody = (body: ReadableStream, path: string): Promise<void> =>
  pipeline(
    Readable.fromWeb(body as ByteStream<Uint8Array>),
    createWriteStream(path, { flags: 'wx', mode: 0o600 }),
  )

const NO_FILE =
  'The request has no file. Send one file, either as the body or in the part "file" of a form.'
