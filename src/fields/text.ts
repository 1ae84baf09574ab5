import type {
  CheckboxField,
  EmailFieldValidation,
  JSONField,
  TextareaField,
  TextareaFieldValidation,
  TextField,
  TextFieldSingleValidation,
} from 'payload'
import { accountAddressProblem } from '../domain/mail-address.ts'
import { type FieldOptions, buildFieldBase } from './column.ts'
import { allowUnchanged } from './allow-unchanged.ts'
import { isUuid } from './uuid.ts'

/**
 * Single-line text of at most `length` characters: VARCHAR(length). Longer text is refused with a
 * 400.
 */
export function text(
  name: string,
  length: number,
  options: FieldOptions & { validate?: TextFieldSingleValidation; defaultValue?: string } = {},
): TextField {
  const { validate, defaultValue, ...rest } = options
  const check: TextFieldSingleValidation = (value, about) => {
    const problem = findTextProblem(value, about.required === true, length)
    return problem ?? validate?.(value, about) ?? true
  }
  const base = buildFieldBase(name, rest, { type: { kind: 'varchar', length } })
  return {
    type: 'text',
    maxLength: length,
    validate: check,
    ...(defaultValue !== undefined && { defaultValue }),
    ...base,
  }
}

/** Text of any length: TEXT. */
export function textarea(
  name: string,
  options: FieldOptions & { validate?: TextareaFieldValidation } = {},
): TextareaField {
  const { validate, ...rest } = options
  const check: TextareaFieldValidation = (value, about) =>
    findTextProblem(value, about.required === true) ?? validate?.(value, about) ?? true
  return { type: 'textarea', validate: check, ...buildFieldBase(name, rest) }
}

/**
 * Why a value is not text of at most `length` characters; null if it is, or if it is absent and
 * optional. Text of only spaces counts as absent.
 */
function findTextProblem(value: unknown, required: boolean, length = Infinity): string | null {
  if (value === null || value === undefined) return required ? 'is required' : null
  if (typeof value !== 'string') return `must be text, not ${JSON.stringify(value).slice(0, 40)}`
  if (value.includes('\0')) return 'contains a NUL character. Remove it'
  if (value.length > length) return `must have at most ${length} characters, not ${value.length}`
  return required && value.trim() === '' ? 'is required' : null
}

/** An e-mail address: VARCHAR(255), stored as entered. */
export function emailAddress(name: string, options: FieldOptions = {}): TextField {
  const field = text(name, 255, { ...options, validate: isEmailAddress })
  return { ...field, custom: { ...field.custom, format: 'email' } }
}

/** Normalizes an e-mail address to the form that accounts use. */
export const normalizeEmail = (address: string) => address.trim().toLowerCase()

/** Whether a value is a valid e-mail address, or unchanged. */
export const isEmailAddress: TextFieldSingleValidation = allowUnchanged(
  (value) =>
    !value ||
    accountAddressProblem(value) === null ||
    `must be an e-mail address such as ann@example.com, not ${JSON.stringify(value.slice(0, 60))}`,
)

/** The same for Payload's own e-mail field, which is required. */
export const isRequiredEmailAddress: EmailFieldValidation = (value, about) =>
  value ? isEmailAddress(value, about as never) : 'is required'

/** A text primary key, in the column `column`. Set on creation, never changed. */
export function keyId(column: string, length: number, options: FieldOptions = {}): TextField {
  const field = text('id', length, {
    required: true,
    ...options,
    column: { name: column, ...options.column },
  })
  return { ...field, access: { ...field.access, update: () => false } }
}

/** The id of a row of any table: UUID, without a foreign key. */
export function untypedReference(name: `${string}Id`, options: FieldOptions = {}): TextField {
  const validate: TextFieldSingleValidation = (value) =>
    !value || isUuid(value) || `must be a UUID, not ${String(value).slice(0, 40)}`
  return text(name, 36, {
    ...options,
    validate,
    column: { type: { kind: 'uuid' }, ...options.column },
  })
}

/** A checkbox: BOOLEAN, with an optional default. */
export function checkbox(
  name: string,
  options: FieldOptions & { defaultValue?: boolean } = {},
): CheckboxField {
  const { defaultValue, ...rest } = options
  return {
    type: 'checkbox',
    ...(defaultValue !== undefined && { defaultValue }),
    ...buildFieldBase(name, rest),
  }
}

/** An ordered list of short texts: JSONB array of strings. */
export function textList(
  name: string,
  options: FieldOptions & { max: number; length: number; validate?: JSONField['validate'] },
): JSONField {
  const { max, length, validate, ...rest } = options
  return {
    type: 'json',
    jsonSchema: {
      uri: `a://forecourt/${name}.json`,
      fileMatch: [`a://forecourt/${name}.json`],
      schema: {
        type: 'array',
        maxItems: max,
        items: { type: 'string', minLength: 1, maxLength: length },
      },
    },
    validate: validate ?? ((value: unknown) => findTextListProblem(value, max, length) ?? true),
    ...buildFieldBase(name, rest),
  }
}

/**
 * Why a value is not a list of at most `max` strings of at most `length` characters; null if it is,
 * or if it is absent.
 */
export function findTextListProblem(value: unknown, max: number, length: number): string | null {
  if (value === null || value === undefined) return null
  if (!Array.isArray(value)) return 'must be a list of strings, such as ["one", "two"]'
  if (value.length > max) return `has ${value.length} entries; the limit is ${max}`
  const invalidIndex = value.findIndex(
    (entry) => typeof entry !== 'string' || entry.trim() === '' || entry.length > length,
  )
  return invalidIndex === -1
    ? null
    : `entry ${invalidIndex + 1} must be text of 1 to ${length} characters`
}
