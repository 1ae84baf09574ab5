import { rm } from 'node:fs/promises'
import { addDataAndFileToRequest, APIError, type PayloadRequest } from 'payload'
import { parseMediaType } from '../domain/media-type.ts'
import { decodeUtf8, NOT_UTF8 } from '../domain/utf8.ts'
import { quoteValue } from '../domain/input-values.ts'
import { checkJsonText } from '../api/limit-bodies.ts'
import { requireObject } from '../api/require-json-object.ts'
import { UNREADABLE_FORM } from '../api/errors/unreadable-request.ts'
import { BodyError } from './body-error.ts'
import { isMultipart } from './body-limits.ts'
import { type FormPart, FormScanner } from './form-scanner.ts'
import { scanUpload } from './scan/scan-upload.ts'
import { explainStorageError, findFileErrorCode } from './storage-error.ts'

/**
 * Reads the body of a request into `req.data`, `req.file` and `req.files`, as Payload does, and
 * leaves Payload nothing to read. Files are scanned for malware (`scanUpload`). Does nothing else,
 * so that a failure is a fault of the body: throws a BodyError, an APIError of Payload, or
 * StorageFull when the disk of the temporary files is full. `takesFile` is whether the rows of the
 * collection have files.
 */
export async function readBody(req: PayloadRequest, takesFile: boolean): Promise<void> {
  const isJson = parseMediaType(req.headers.get('content-type')).type === 'application/json'
  try {
    await (isJson ? readJson(req) : readForm(req, takesFile))
  } catch (error) {
    throw await explainBodyError(error)
  }
  for (const path of listTempPaths(req)) await scanUpload(req, { path })
  Object.defineProperty(req, 'body', { value: null, configurable: true })
}

/** Removes the temporary files of a request. A file that is already gone is not an error. */
export async function removeTempFiles(req: PayloadRequest): Promise<void> {
  await Promise.all(listTempPaths(req).map((path) => rm(path, { force: true })))
}

const listTempPaths = ({ files = {} }: PayloadRequest): string[] =>
  Object.values(files)
    .flatMap((part) => [part].flat().flatMap(({ tempFilePath }) => tempFilePath ?? []))
    .filter(Boolean)

/**
 * Reads JSON as Payload does, but keeps the error of a body that was cut off or too large, and does
 * not log it.
 */
async function readJson(req: PayloadRequest): Promise<void> {
  const text = (await req.text?.()) ?? ''
  const data = (text ? JSON.parse(text) : {}) as NonNullable<PayloadRequest['data']>
  req.data = data
  req.json = () => Promise.resolve(data)
}

/**
 * Reads a form as Payload does: the fields of a row as JSON in the part `_payload`, and its file in
 * the part `file`. Throws a BodyError for everything else that Payload would drop, decode or
 * replace.
 */
async function readForm(req: PayloadRequest, takesFile: boolean): Promise<void> {
  const type = req.headers.get('content-type')
  if (!isMultipart(type) || !req.body) return addDataAndFileToRequest(req)
  const scanner = new FormScanner(type ?? '')
  Object.defineProperty(req, 'body', { value: scanner.watch(req.body), configurable: true })
  const failure: unknown = await addDataAndFileToRequest(req).catch((error: unknown) => error)
  if (failure instanceof BodyError) throw failure
  for (const part of scanner.parts) checkPart(part, takesFile)
  const [fields, ...others] = scanner.parts.filter(({ name }) => name === FIELDS)
  if (others.length > 0) throw new BodyError(400, `The form has more than one part "${FIELDS}".`)
  if (fields?.bytes) checkText(fields.bytes, req)
  if (failure instanceof Error) throw failure
  if (fields) requireObject(req.data)
}

/** The part of a form that has the fields of a row, as Payload names it. */
const FIELDS = '_payload'

function checkPart({ bytes, charset, name }: FormPart, takesFile: boolean): void {
  const quoted = quoteValue(name)
  if (bytes === null) {
    if (!takesFile)
      throw new BodyError(
        400,
        `The form has a file in the part ${quoted}, but these rows do not accept files.`,
      )
    if (name !== 'file') throw new BodyError(400, UNREADABLE_FORM)
    return
  }
  if (charset !== null && charset !== 'utf-8' && charset !== 'utf8')
    throw new BodyError(415, `Encode the part ${quoted} of the form as UTF-8.`)
  if (name !== FIELDS && !(name === 'file' && bytes.length === 0))
    throw new BodyError(
      400,
      `The form part ${quoted} is unknown. Send the fields as a JSON object in the part ` +
        `"${FIELDS}".`,
    )
}

function checkText(bytes: Buffer, req: PayloadRequest): void {
  const text = decodeUtf8(bytes)
  if (text === null) throw new BodyError(400, NOT_UTF8)
  checkJsonText(text, req)
}

async function explainBodyError(error: unknown): Promise<unknown> {
  if (error instanceof SyntaxError)
    return new BodyError(400, 'The body, or a part of it, is not valid JSON.', error)
  const explained = await explainStorageError(error, [])
  const isAnswer =
    explained instanceof APIError && (explained.status < 500 || explained.status === 507)
  const isOurs = findFileErrorCode(explained) !== undefined || explained instanceof RangeError
  return isAnswer || isOurs ? explained : new BodyError(400, UNREADABLE_FORM, error)
}
