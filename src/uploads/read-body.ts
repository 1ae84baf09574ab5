import { rm } from 'node:fs/promises'
import { addDataAndFileToRequest, APIError, type PayloadRequest } from 'payload'
import { NOT_UTF8 } from '../domain/utf8.ts'
import { UNREADABLE_FORM } from '../access/unreadable-request.ts'
import { BodyError } from './body-error.ts'
import { explainStorageError, fileErrorCode } from './storage-error.ts'

/**
 * Reads the body of a request into `req.data`, `req.file` and `req.files`, as Payload does, and leaves Payload nothing to read. Does
 * nothing else, so that a failure is a fault of the body: throws a BodyError, an APIError of Payload, or StorageFull when the disk of the
 * temporary files is full.
 */
export async function readBody(req: PayloadRequest): Promise<void> {
  const isJson = req.headers.get('content-type')?.split(';', 1)[0] === 'application/json'
  try {
    await (isJson ? readJson(req) : readForm(req))
  } catch (error) {
    throw await explainBodyError(error)
  }
  Object.defineProperty(req, 'body', { value: null, configurable: true })
}

/** Removes the temporary files of a request. A file that is already gone is not an error. */
export async function removeTempFiles({ files = {} }: PayloadRequest): Promise<void> {
  const paths = Object.values(files).flatMap((part) => [part].flat().flatMap(({ tempFilePath }) => tempFilePath ?? []))
  await Promise.all(paths.filter(Boolean).map((path) => rm(path, { force: true })))
}

/** Reads JSON as Payload does, but keeps the error of a body that was cut off or too large, and does not log it. */
async function readJson(req: PayloadRequest): Promise<void> {
  const text = (await req.text?.()) ?? ''
  const data = (text ? JSON.parse(text) : {}) as NonNullable<PayloadRequest['data']>
  req.data = data
  req.json = () => Promise.resolve(data)
}

/**
 * Reads a form as Payload does, which replaces bytes that are not UTF-8 by U+FFFD. Throws a BodyError for a form with that character: what
 * was written is lost.
 */
async function readForm(req: PayloadRequest): Promise<void> {
  await addDataAndFileToRequest(req)
  if (JSON.stringify(req.data ?? null).includes('\uFFFD')) throw new BodyError(400, NOT_UTF8)
}

async function explainBodyError(error: unknown): Promise<unknown> {
  if (error instanceof SyntaxError) return new BodyError(400, 'The body, or a part of it, is not valid JSON.', error)
  const explained = await explainStorageError(error, [])
  const isAnswer = explained instanceof APIError && (explained.status < 500 || explained.status === 507)
  const isOurs = fileErrorCode(explained) !== undefined || explained instanceof RangeError
  return isAnswer || isOurs ? explained : new BodyError(400, UNREADABLE_FORM, error)
}
