import type { CheckboxField, JSONField, TextareaField, TextField, TextFieldSingleValidation } from 'payload'
import { type FieldOptions, fieldBase } from './column.ts'

/** A line of text of `length` characters at most: VARCHAR(length), refused beyond it with a 400. */
export function text(
  name: string,
  length: number,
  options: FieldOptions & { validate?: TextFieldSingleValidation } = {},
): TextField {
  const { validate, ...rest } = options
  const field = { type: 'text', maxLength: length, ...fieldBase(name, rest, { type: { kind: 'varchar', length } }) } as TextField
  return validate ? ({ ...field, validate } as TextField) : field
}

/** Text of any length: TEXT. */
export function longText(name: string, options: FieldOptions = {}): TextareaField {
  return { type: 'textarea', ...fieldBase(name, options) } as TextareaField
}

/** Yes or no: BOOLEAN, with a default when one is said. */
export function yesNo(name: string, options: FieldOptions & { defaultValue?: boolean } = {}): CheckboxField {
  const { defaultValue, ...rest } = options
  return { type: 'checkbox', ...(defaultValue !== undefined && { defaultValue }), ...fieldBase(name, rest) } as CheckboxField
}

/** A list of short texts in an order that means something: JSONB array of strings. */
export function textList(
  name: string,
  options: FieldOptions & { most: number; length: number; validate?: JSONField['validate'] },
): JSONField {
  const { most, length, validate, ...rest } = options
  return {
    type: 'json',
    jsonSchema: {
      uri: `a://forecourt/${name}.json`,
      fileMatch: [`a://forecourt/${name}.json`],
      schema: { type: 'array', maxItems: most, items: { type: 'string', minLength: 1, maxLength: length } },
    },
    validate: validate ?? ((value: unknown) => textListProblem(value, most, length) ?? true),
    ...fieldBase(name, rest),
  } as JSONField
}

/** Why a value is no list of at most `most` texts of at most `length` characters; null when it is one, or absent. */
export function textListProblem(value: unknown, most: number, length: number): string | null {
  if (value === null || value === undefined) return null
  if (!Array.isArray(value)) return 'must be a list of texts, such as ["Heated seats", "Sunroof"]'
  if (value.length > most) return `has ${value.length} entries, at most ${most} are kept`
  const wrong = value.findIndex((entry) => typeof entry !== 'string' || entry.trim() === '' || entry.length > length)
  return wrong === -1 ? null : `entry ${wrong + 1} must be a text of 1 to ${length} characters`
}
