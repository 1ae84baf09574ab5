import { type FlattenedField, type Payload, QueryError, type SanitizedCollectionConfig } from 'payload'
import { isCalendarDay } from '../domain/calendar.ts'
import { columnOf } from '../fields/column.ts'
import { isUuid } from '../fields/uuid.ts'

/** What a column holds, as far as it decides how rows may be found by it. */
type Kind = 'text' | 'number' | 'whole' | 'big' | 'instant' | 'day' | 'uuid' | 'yesNo' | 'list' | 'json'

/** A column to find rows by; `refers` when it holds the id of another row, `isLong` when its texts may have any length. */
export type Filter = { path: string; kind: Kind; refers: boolean; isLong: boolean }

const EQUAL = ['equals', 'not_equals', 'in', 'not_in', 'exists'] as const
const ORDER = ['greater_than', 'greater_than_equal', 'less_than', 'less_than_equal'] as const
const LIKE = ['like', 'not_like', 'contains'] as const

/** The operators that PostgreSQL can be asked about each kind. `like` on numbers and ids is Payload's other word for `equals`. */
const OPERATORS: Record<Kind, readonly string[]> = {
  text: [...EQUAL, ...ORDER, ...LIKE],
  number: [...EQUAL, ...ORDER, 'like'],
  whole: [...EQUAL, ...ORDER, 'like'],
  big: [...EQUAL, ...ORDER, 'like'],
  instant: [...EQUAL, ...ORDER],
  day: [...EQUAL, ...ORDER],
  uuid: [...EQUAL, 'like'],
  yesNo: [...EQUAL],
  list: ['contains', 'in', 'equals', 'exists'],
  json: ['exists'],
}

/**
 * How many columns a path may name: one of the collection itself, or one beyond one reference. From the third on Payload 3.90 asks
 * whether it may be read without awaiting the answer (validateSearchParams): a refusal would end the process.
 */
const MOST_SEGMENTS = 2

/** The column that a path of a `where` names. Throws the QueryError that Payload would, or says why it is none to find rows by. */
export function filterAt(path: string, collection: SanitizedCollectionConfig, payload: Payload): Filter | { problem: string } {
  const segments = path.replaceAll('__', '.').split('.')
  if (segments.length > MOST_SEGMENTS) return { problem: 'goes through more than one reference' }
  let fields = collection.flattenedFields
  for (const [i, segment] of segments.entries()) {
    const field = fields.find(({ name }) => name === segment)
    const last = i === segments.length - 1
    if (!field && segment === 'id' && last) return { path, kind: 'uuid', refers: false, isLong: false }
    if (!field) throw new QueryError([{ path }])
    const target = targetOf(field, payload)
    if (last) return columnAt(path, field, target)
    if (!target) return { problem: `${segments.slice(0, i + 1).join('.')} is no reference to another row` }
    fields = target.flattenedFields
  }
  throw new QueryError([{ path }])
}

/** Why rows can not be found by this operator with this value; null when they can. */
export function filterProblem({ kind, refers }: Filter, operator: string, value: unknown): string | null {
  const allowed = refers ? OPERATORS.uuid : OPERATORS[kind]
  if (!allowed.includes(operator)) return `can not be filtered with "${operator}"; it can with ${allowed.join(', ')}`
  if (operator === 'exists' || operator === 'like' || operator === 'not_like' || operator === 'contains') return null
  const listed = operator === 'in' || operator === 'not_in' || kind === 'list'
  if (kind === 'list' && operator === 'equals' && !Array.isArray(value)) return 'must be compared with a list of texts'
  const entries = listed ? entriesOf(value) : [value]
  const wrong = entries.findIndex((entry) => !fits(kind, entry, listed))
  return wrong === -1 ? null : `must be compared with ${WORDS[kind]}, not ${short(entries[wrong])}`
}

/** The entries of a list that a query says as an array or with commas. */
export function entriesOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  return typeof value === 'string' ? value.split(',') : [value]
}

/** A value as a message shows it. */
export const short = (value: unknown) => String(JSON.stringify(value)).slice(0, 40)

const WORDS: Record<Kind, string> = {
  text: 'a text',
  number: 'a number',
  whole: 'a whole number up to 2147483647',
  big: 'a whole number',
  instant: 'a moment such as 2026-03-31T12:00:00Z',
  day: 'a day such as 2026-03-31',
  uuid: 'the id of a row',
  yesNo: 'true or false',
  list: 'texts',
  json: 'nothing',
}

function columnAt(
  path: string,
  field: FlattenedField,
  target: SanitizedCollectionConfig | undefined,
): Filter | { problem: string } {
  const id = target?.flattenedFields.find(({ name }) => name === 'id')
  const kind = target ? (id ? kindOf(id) : 'uuid') : kindOf(field)
  return kind
    ? { path, kind, refers: target !== undefined, isLong: isLongText(field) }
    : { problem: 'is no column that rows can be found by' }
}

/** Whether the texts of a column may have any length, or too many letters to be compared with a pattern at once. */
export function isLongText(field: FlattenedField): boolean {
  const { type } = columnOf(field)
  const hasLength = type?.kind === 'varchar' && type.length <= SHORT_TEXT
  return ['text', 'textarea', 'email', 'json'].includes(field.type) && !hasLength
}

const SHORT_TEXT = 255

function targetOf(field: FlattenedField, { collections }: Payload): SanitizedCollectionConfig | undefined {
  if (field.type !== 'relationship' && field.type !== 'upload') return undefined
  return typeof field.relationTo === 'string' && !field.hasMany ? collections[field.relationTo].config : undefined
}

function kindOf(field: FlattenedField): Kind | undefined {
  const said = columnOf(field).type?.kind
  switch (field.type) {
    case 'text':
    case 'textarea':
    case 'email':
    case 'select':
      return said === 'date' ? 'day' : said === 'uuid' ? 'uuid' : 'text'
    case 'number':
      return said === 'bigint' ? 'big' : said === 'integer' || said === 'serial' ? 'whole' : 'number'
    case 'date':
      return 'instant'
    case 'checkbox':
      return 'yesNo'
    case 'json':
      return said === 'text[]' ? 'list' : 'json'
    default:
      return undefined
  }
}

/** Whether a value can be compared with a column of a kind. Payload takes an id that is none for "no row", but not within a list. */
function fits(kind: Kind, value: unknown, listed: boolean): boolean {
  if (value === null || value === 'null') return true
  if (kind === 'instant') return value === '' || isMoment(value)
  if (kind === 'yesNo') return typeof value === 'boolean' || value === 'true' || value === 'false'
  if (kind === 'number' || kind === 'whole' || kind === 'big') return isNumber(kind, value)
  if (kind === 'day') return isCalendarDay(value)
  if (kind === 'uuid' && listed) return isUuid(typeof value === 'string' ? value.trim() : value)
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function isNumber(kind: 'number' | 'whole' | 'big', value: unknown): boolean {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) return false
  if (kind === 'number') return true
  return kind === 'big' ? Number.isSafeInteger(number) : Number.isInteger(number) && Math.abs(number) < 2 ** 31
}

function isMoment(value: unknown): boolean {
  if (!(value instanceof Date) && typeof value !== 'string' && typeof value !== 'number') return false
  const year = new Date(value).getUTCFullYear()
  return year >= 1 && year <= 9999
}
