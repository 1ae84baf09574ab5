import { z } from 'zod'
import { lineInput } from '../../domain/input-schemas.ts'

/** One detail of a document, as a form asks for it. */
export type DetailField = {
  name: string
  label: string
  max: number
  /** What it is, other than any text: for the keyboard of a phone, and for its check. */
  kind?: 'email' | 'tel'
}

/** The details of each type of document: one declaration for the API and for the panel. */
export const DETAIL_FIELDS = {
  insurance: [
    { name: 'insurer', label: 'Insurer', max: 200 },
    { name: 'policyNumber', label: 'Policy number', max: 100 },
    { name: 'agent', label: 'Agent', max: 200 },
    { name: 'phone', label: 'Phone', max: 50, kind: 'tel' },
    { name: 'email', label: 'E-mail', max: 254, kind: 'email' },
    { name: 'coverage', label: 'Coverage', max: 500 },
  ],
  registration: [
    { name: 'plate', label: 'License plate', max: 20 },
    { name: 'state', label: 'State', max: 50 },
    { name: 'registrationNumber', label: 'Registration number', max: 100 },
    { name: 'registeredTo', label: 'Registered to', max: 200 },
  ],
  manual: [
    { name: 'publisher', label: 'Publisher', max: 200 },
    { name: 'edition', label: 'Edition', max: 100 },
    { name: 'language', label: 'Language', max: 50 },
  ],
} as const satisfies Readonly<Record<string, readonly DetailField[]>>

export type DocumentType = keyof typeof DETAIL_FIELDS

/** Whether a value is a type of document. */
export const isDocumentType = (value: unknown): value is DocumentType =>
  typeof value === 'string' && Object.hasOwn(DETAIL_FIELDS, value)

type Details = Readonly<Record<string, unknown>>

/**
 * The details to store, with the names that the type does not have (`unknown`); or the first detail
 * that is wrong, and why.
 */
export type ParsedDetails =
  { value: Details; unknown: string[] } | { problem: string; name: string }

/**
 * Checks the details of a document. Those that its type has are lines of text; an empty one or null
 * is left out. Others may have any value. What the stored document has beyond its type stays,
 * unless it is sent as null.
 */
export function parseDetails(type: DocumentType, given: Details, stored: Details): ParsedDetails {
  const fields: readonly DetailField[] = DETAIL_FIELDS[type]
  const kept = Object.entries(stored).filter(
    ([name]) => !fields.some((field) => field.name === name) && !Object.hasOwn(given, name),
  )
  const value = new Map<string, unknown>(kept)
  for (const [name, detail] of Object.entries(given)) {
    if (detail === null) continue
    const field = fields.find((one) => one.name === name)
    const parsed = field ? parseLine(field, detail) : { value: detail }
    if ('problem' in parsed) return { ...parsed, name }
    if (!field || parsed.value !== '') value.set(name, parsed.value)
  }
  const known = fields.map((field) => field.name)
  const unknown = Object.keys(given).filter(
    (name) => value.has(name) && !known.includes(name) && !Object.hasOwn(stored, name),
  )
  return { value: Object.fromEntries(value), unknown }
}

function buildSchema({ max, kind }: DetailField): z.ZodType<string> {
  const line = lineInput().pipe(z.string().max(max, `must have at most ${max} characters`))
  return kind === 'email'
    ? line.pipe(z.union([z.literal(''), z.email('must be an e-mail address')]))
    : line
}

function parseLine(field: DetailField, detail: unknown): { value: string } | { problem: string } {
  const { data, error } = buildSchema(field).safeParse(detail)
  if (!error) return { value: data }
  const message = error.issues[0]?.message ?? ''
  return { problem: message.startsWith('Invalid input') ? 'must be text' : message }
}

/** The names of the details of a type, for a message. */
export const listDetailNames = (type: DocumentType): string =>
  DETAIL_FIELDS[type].map(({ name }) => name).join(', ')
