import type { FlattenedField, Payload, PayloadRequest, SanitizedCollectionConfig } from 'payload'
import { ValidationError } from 'payload'
import { findCharacterProblem, parseText } from '../domain/input-text.ts'
import {
  quoteValue,
  type ParseResult,
  parseDay,
  parseInstant,
  parseNumber,
  parseBoolean,
} from '../domain/input-values.ts'
import { getColumnSpec } from '../fields/column.ts'
import { isUuid } from '../fields/uuid.ts'

/** Texts of an account that are hashed or compared as they were typed, and never normalized. */
export const PASSWORD_FIELDS = ['password', 'currentPassword']

type Body = Record<string, unknown>
type Reader = (written: unknown) => ParseResult<unknown>
type ReferenceField = Extract<FlattenedField, { type: 'relationship' | 'upload' }>

/** The write that a body belongs to. */
export type WriteContext = {
  collection: SanitizedCollectionConfig
  id: string | number | undefined
  operation: 'create' | 'update'
  req: PayloadRequest
}

/**
 * The values of a body as their columns store them, read by the kind of each field before Payload
 * and hooks see them: Payload cuts a number at its first invalid character and guesses at dates.
 * Throws a 400 that names each field with an invalid value. A field that the caller may not write
 * is left out here, as Payload would do later.
 */
export async function readFields(body: Body, write: WriteContext): Promise<Body> {
  const { collection, req } = write
  const fields = new Map(collection.flattenedFields.map((field) => [field.name, field]))
  const errors: { path: string; message: string }[] = []
  const read: Body = {}
  for (const [path, written] of Object.entries(body)) {
    const field = fields.get(path)
    const result = readField(path, field, written, req.payload)
    if (!('problem' in result)) read[path] = result.value
    else if (await canWrite(field, body, write)) errors.push({ path, message: result.problem })
  }
  if (errors.length > 0) throw new ValidationError({ collection: collection.slug, errors }, req.t)
  return read
}

/** Whether the caller may write a field, by the field's own access. */
async function canWrite(
  field: FlattenedField | undefined,
  data: Body,
  { id, operation, req }: WriteContext,
): Promise<boolean> {
  const access = field && 'access' in field ? field.access[operation] : undefined
  return access
    ? Boolean(
        await access({ data, doc: {}, req, siblingData: data, ...(id !== undefined && { id }) }),
      )
    : true
}

function readField(
  name: string,
  field: FlattenedField | undefined,
  written: unknown,
  payload: Payload,
): ParseResult<unknown> {
  if (written === null || written === undefined) return { value: written }
  if (PASSWORD_FIELDS.includes(name)) return readPassword(written)
  return field ? getReader(field, payload)(written) : { value: written }
}

/**
 * How a value of a field is read. Fields whose values have a shape of their own, such as groups,
 * check it themselves.
 */
function getReader(field: FlattenedField, payload: Payload): Reader {
  switch (field.type) {
    case 'number':
      return readEmptyAsNull(parseNumber)
    case 'date':
      return readEmptyAsNull(readIsoInstant)
    case 'checkbox':
      return parseBoolean
    case 'text':
      return lineReaders[getColumnSpec(field).type?.kind ?? ''] ?? readAbsentAsNull(field, readLine)
    case 'email':
      return readAbsentAsNull(field, readLine)
    case 'textarea':
    case 'code':
      return readAbsentAsNull(field, (written) => parseText(written, 'lines'))
    case 'select':
    case 'radio':
      return readEmptyAsNull((written) => readOption(field.options, written))
    case 'relationship':
    case 'upload':
      return readEmptyAsNull((written) => readReference(field, written, payload))
    case 'json':
      return isTextList(field.jsonSchema) ? readTextList : readJson
    default:
      return (value) => ({ value })
  }
}

/** A form sends an empty text for a value that is absent. */
const readEmptyAsNull =
  (read: Reader): Reader =>
  (written) =>
    written === '' ? { value: null } : read(written)

/**
 * An optional text that is empty has no value, so that `exists` and `null` find the rows whose text
 * was cleared in a form. A text with a default always has a value; the field decides whether it may
 * be empty.
 */
const readAbsentAsNull =
  (
    { defaultValue, required }: { defaultValue?: unknown; required?: boolean },
    read: Reader,
  ): Reader =>
  (written) => {
    const text = read(written)
    const mayBeAbsent = required !== true && (defaultValue === undefined || defaultValue === null)
    return 'value' in text && text.value === '' && mayBeAbsent ? { value: null } : text
  }

const readLine: Reader = (written) => parseText(written, 'line')

/** A UUID as the database writes it. The field itself checks whether the text is a UUID. */
const readUuidLine: Reader = (written) => {
  const read = parseText(written, 'line')
  return 'value' in read && isUuid(read.value) ? { value: read.value.toLowerCase() } : read
}

/** Text fields whose column has another type. */
const lineReaders: Readonly<Record<string, Reader>> = {
  date: readEmptyAsNull(parseDay),
  uuid: readEmptyAsNull(readUuidLine),
}

const readIsoInstant: Reader = (written) => {
  const read = parseInstant(written)
  return 'problem' in read ? read : { value: read.value.toISOString() }
}

/** A password is kept as typed; only characters that no text can hold are refused. */
function readPassword(written: unknown): ParseResult<string> {
  if (typeof written !== 'string') return { problem: 'must be text' }
  return written.includes('\0')
    ? { problem: 'contains the NUL character, which cannot be stored' }
    : { value: written }
}

/** One of several values. The field itself checks whether it takes the value. */
function readOption(options: readonly unknown[], written: unknown): ParseResult<unknown> {
  const values = options.map((option) =>
    typeof option === 'string' ? option : (option as { value: string }).value,
  )
  return typeof written === 'string'
    ? { value: written }
    : { problem: `must be one of ${values.join(', ')}, not ${quoteValue(written)}` }
}

/**
 * The id of a row, or a row with one. Payload takes the texts `none` and `null` for an empty
 * reference, and `12abc` for the number 12.
 */
function readReference(
  { relationTo }: ReferenceField,
  written: unknown,
  payload: Payload,
): ParseResult<unknown> {
  if (typeof relationTo !== 'string') return { value: written }
  const isRow = typeof written === 'object' && written !== null && 'id' in written
  const id: unknown = isRow ? written.id : written
  const { customIDType } = payload.collections[relationTo]
  if (customIDType === 'text') return readLine(id)
  const problem = { problem: `must be the ID of a row of ${relationTo}, not ${quoteValue(id)}` }
  if (customIDType !== 'number') return isUuid(id) ? { value: id.toLowerCase() } : problem
  const number = parseNumber(id)
  return 'value' in number && Number.isSafeInteger(number.value) ? number : problem
}

/** Whether a field declares that its JSON is a list of texts. */
function isTextList(declared: { schema?: unknown } | undefined): boolean {
  const { type, items } = (declared?.schema ?? {}) as { type?: unknown; items?: { type?: unknown } }
  return type === 'array' && items?.type === 'string'
}

/** Each entry is one line of text. The field itself checks the list and its length. */
function readTextList(written: unknown): ParseResult<unknown> {
  if (!Array.isArray(written)) return { value: written }
  const entries = (written as unknown[]).map((entry) =>
    typeof entry === 'string' ? readLine(entry) : { value: entry },
  )
  const wrong = entries.findIndex((entry) => 'problem' in entry)
  const entry = entries[wrong]
  if (entry && 'problem' in entry) return { problem: `entry ${wrong + 1} ${entry.problem}` }
  return { value: entries.flatMap((each) => ('value' in each ? [each.value] : [])) }
}

/**
 * JSON is stored as written; its texts and names may not contain characters that no text can hold.
 */
function readJson(written: unknown): ParseResult<unknown> {
  const problem = findJsonCharacterProblem(written)
  return problem === null ? { value: written } : { problem }
}

/** JSON_LIMITS limit the depth of the recursion. */
function findJsonCharacterProblem(value: unknown): string | null {
  if (typeof value === 'string') return findCharacterProblem(value, 'lines')
  if (typeof value !== 'object' || value === null) return null
  const parts: unknown[] = Array.isArray(value) ? value : Object.entries(value).flat()
  for (const part of parts) {
    const problem = findJsonCharacterProblem(part)
    if (problem !== null) return problem
  }
  return null
}
