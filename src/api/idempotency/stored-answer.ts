import {
  APIError,
  type CollectionSlug,
  findByIDOperation,
  parseParams,
  type PayloadRequest,
} from 'payload'
import { z } from 'zod'
import { WARNINGS_HEADER } from '../../domain/warning.ts'

/**
 * The maximum length of a stored response, without its row, in characters. For a longer one, only
 * the status is stored.
 */
const MAX_BODY_LENGTH = 64_000

const ROW = z.object({
  collection: z.string(),
  id: z.union([z.string(), z.number()]),
  fields: z
    .array(z.string())
    .describe('The names of the fields in the first response; the values are read again.'),
})

/**
 * A stored response: its status, body and warnings. Of a row in `doc` only the reference is stored:
 * it is read again with the caller's permissions at that time.
 */
export const STORED_ANSWER = z.object({
  status: z.number().int(),
  body: z.record(z.string(), z.unknown()).nullable(),
  row: ROW.nullable(),
  warnings: z.string().nullable(),
})
export type StoredAnswer = z.output<typeof STORED_ANSWER>

/**
 * Builds the stored form of the response to `req`. Reads a clone, so the response can still be
 * sent.
 */
export async function buildStoredAnswer(
  req: PayloadRequest,
  response: Response,
): Promise<StoredAnswer> {
  const text = await response.clone().text()
  const { doc, ...rest } = parseObject(text) ?? {}
  const row = parseRow(req, doc)
  const body = row ? rest : parseObject(text)
  const isShort = JSON.stringify(body ?? null).length <= MAX_BODY_LENGTH
  const warnings = req.responseHeaders?.get(WARNINGS_HEADER) ?? null
  return { status: response.status, body: isShort ? body : null, row, warnings }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null
    throw error
  }
}

function parseRow({ routeParams }: PayloadRequest, doc: unknown): StoredAnswer['row'] {
  const row = z.looseObject({ id: ROW.shape.id }).safeParse(doc)
  const collection = routeParams?.['collection']
  if (!row.success || typeof collection !== 'string') return null
  return { collection, id: row.data.id, fields: Object.keys(row.data) }
}

/**
 * Answers `req` with its stored response, and the row as the caller may read it now. Throws a 410
 * if the caller can no longer read it: the request was completed and is not repeated.
 */
export async function replayAnswer(
  req: PayloadRequest,
  { status, body, row, warnings }: StoredAnswer,
): Promise<Response> {
  const doc = row && { doc: await readRow(req, row) }
  if (warnings !== null) {
    req.responseHeaders ??= new Headers()
    req.responseHeaders.set(WARNINGS_HEADER, warnings)
  }
  const headers = { 'cache-control': 'no-store', 'idempotent-replayed': 'true' }
  return Response.json({ ...doc, ...(body ?? TOO_LONG) }, { status, headers })
}

const TOO_LONG = {
  message: 'This request was already completed, but its response was too long to store.',
}

async function readRow(
  req: PayloadRequest,
  { collection, id, fields }: NonNullable<StoredAnswer['row']>,
): Promise<object> {
  const { depth, populate, select } = parseParams(req.query)
  try {
    const row: object = await findByIDOperation({
      id,
      collection: req.payload.collections[collection as CollectionSlug],
      overrideAccess: false,
      req,
      ...(depth !== undefined && { depth }),
      ...(populate && { populate }),
      ...(select && { select }),
    })
    return Object.fromEntries(Object.entries(row).filter(([name]) => fields.includes(name)))
  } catch (error) {
    if (!(error instanceof APIError) || ![403, 404].includes(error.status)) throw error
    const message =
      `The request with this Idempotency-Key created row ${id} of ${collection}. The row has ` +
      'since been deleted, or you may no longer read it.'
    throw new APIError(message, 410, undefined, true)
  }
}
