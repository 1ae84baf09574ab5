import { createHash, createHmac } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { addDataAndFileToRequest, APIError, type PayloadRequest } from 'payload'
import { getSigningSecrets } from '../../auth/sessions/signing-secrets.ts'
import { formatCanonicalJson } from '../../domain/canonical-json.ts'
import type { Fingerprints } from './store.ts'

/**
 * The fingerprints of a request, each an HMAC-SHA-256 over its method, path, query and body in
 * hexadecimal. They are keyed with the secrets of the server, because a body may contain a
 * password: the first one with the current secret, the others as they were before a rotation. JSON
 * counts as its value, a form as its fields and files, whatever its boundary. The handler can still
 * read the body. Throws a 415 for a form where forms are not supported: nothing would remove its
 * files.
 */
export async function fingerprintRequest(req: PayloadRequest): Promise<Fingerprints> {
  const { pathname, search } = new URL(req.url ?? '', 'http://localhost')
  const isForm =
    req.headers.get('content-type')?.trim().toLowerCase().startsWith('multipart/') ?? false
  if (isForm && req.body !== null)
    throw new APIError('This endpoint does not accept form data. Send JSON.', 415, undefined, true)
  const isRead = req.data !== undefined || req.file !== undefined
  const body = isForm || isRead ? await readParts(req) : await readText(req)
  const text = JSON.stringify([req.method, pathname, search, body])
  const sign = (secret: string) => createHmac('sha256', secret).update(text).digest('hex')
  const [current, ...previous] = getSigningSecrets(req.payload)
  return [sign(current), ...previous.map(sign)]
}

/** The body as text. It is buffered, so that the handler can read it again. */
async function readText(req: PayloadRequest): Promise<string> {
  const text = (await req.text?.()) ?? ''
  req.text = () => Promise.resolve(text)
  req.json = async () => JSON.parse(text) as unknown
  return canonicalizeBody(text)
}

function canonicalizeBody(text: string): string {
  try {
    return formatCanonicalJson(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) return text
    throw error
  }
}

/** The parts of a form, which Payload stores in the request and does not read again. */
async function readParts(req: PayloadRequest): Promise<string[]> {
  await addDataAndFileToRequest(req)
  Object.defineProperty(req, 'body', { value: null, configurable: true })
  req.text = () => Promise.resolve('')
  const { files = req.file ? { file: req.file } : {} } = req as {
    files?: Record<string, UploadedFile | UploadedFile[]>
  }
  const parts = Object.entries(files).flatMap(([field, some]) =>
    [some].flat().map((file) => ({ field, file })),
  )
  const hashed = parts.map(async ({ field, file }) =>
    JSON.stringify([field, file.name, file.mimetype, await hashFile(file)]),
  )
  return [formatCanonicalJson(req.data ?? null), ...(await Promise.all(hashed))]
}

type UploadedFile = {
  name: string
  mimetype: string
  data: Buffer
  tempFilePath?: string
}

async function hashFile({ data, tempFilePath }: UploadedFile): Promise<string> {
  if (!tempFilePath) return hashBytes(data)
  const sum = createHash('sha256')
  for await (const chunk of createReadStream(tempFilePath)) sum.update(chunk as Buffer)
  return sum.digest('hex')
}

const hashBytes = (value: string | Buffer) => createHash('sha256').update(value).digest('hex')
