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

/** A line of text of `length` characters at most: VARCHAR(length), refused beyond it with a 400. */
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
 * Why a value is no text of at most `length` characters; null when it is one, or absent and not
 * required. A text of spaces is absent.
 */
function findTextProblem(value: unknown, required: boolean, length = Infinity): string | null {
  if (value === null || value === undefined) return required ? 'is required' : null
  if (typeof value !== 'string') return `must be a text, not ${JSON.stringify(value).slice(0, 40)}`
  if (value.includes('\0')) return 'holds the character NUL, which no text may hold'
  if (value.length > length) return `must have ${length} characters at most, not ${value.length}`
  return required && value.trim() === '' ? 'is required' : null
}

/** An e-mail address: VARCHAR(255), as it is written. */
export function emailAddress(name: string, options: FieldOptions = {}): TextField {
  const field = text(name, 255, { ...options, validate: isEmailAddress })
  return { ...field, custom: { ...field.custom, format: 'email' } }
}

/** An e-mail address in the one spelling that accounts have. */
export const normalizeEmail = (address: string) => address.trim().toLowerCase()

/** Whether a value is a valid e-mail address, or the one that the row already has. */
export const isEmailAddress: TextFieldSingleValidation = allowUnchanged(
  (value) =>
    !value ||
    accountAddressProblem(value) === null ||
    `must be an e-mail address such as ann@example.com, not ${JSON.stringify(value.slice(0, 60))}`,
)

/** The same for a field of Payload's own kind, which must have one. */
export const isRequiredEmailAddress: EmailFieldValidation = (value, about) =>
  value ? isEmailAddress(value, about as never) : 'is required'

/**
 * The text that a table has for its primary key, in the column `column`. Said when the row is made,
 * never changed.
 */
export function keyId(column: string, length: number, options: FieldOptions = {}): TextField {
  const field = text('id', length, {
    required: true,
    ...options,
    column: { name: column, ...options.column },
  })
  return { ...field, access: { ...field.access, update: () => false } }
}

/** The id of a row that may be of any table: UUID, without a foreign key. */
export function untypedReference(name: `${string}Id`, options: FieldOptions = {}): TextField {
  const validate: TextFieldSingleValidation = (value) =>
    !value || isUuid(value) || `must be a UUID, not ${String(value).slice(0, 40)}`
  return text(name, 36, {
    ...options,
    validate,
    column: { type: { kind: 'uuid' }, ...options.column },
  })
}

/** Yes or no: BOOLEAN, with a default when one is said. */
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

/** A list of short texts in an order that means something: JSONB array of strings. */
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
 * Why a value is no list of at most `most` texts of at most `length` characters; null when it is
 * one, or absent.
 */
export function findTextListProblem(value: unknown, max: number, length: number): string | null {
  if (value === null || value === undefined) return null
  if (!Array.isArray(value)) return 'must be a list of texts, such as ["Heated seats", "Sunroof"]'
  if (value.length > max) return `has ${value.length} entries, at most ${max} are kept`
  const invalidIndex = value.findIndex(
    (entry) => typeof entry !== 'string' || entry.trim() === '' || entry.length > length,
  )
  return invalidIndex === -1
    ? null
    : `entry ${invalidIndex + 1} must be a text of 1 to ${length} characters`
}
