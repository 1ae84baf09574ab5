import type { JSONField } from 'payload'
import { type FieldOptions, buildFieldBase } from './column.ts'
import { textList } from './text.ts'

/**
 * A set of short strings: TEXT[]. Each entry has 1 to `length` characters. `equals`, `contains`,
 * and `in` filter by it.
 */
export function textArray(
  name: string,
  options: FieldOptions & { max: number; length: number },
): JSONField {
  return textList(name, { ...options, column: { type: { kind: 'text[]' }, ...options.column } })
}

const EDITOR = { components: { Field: '/src/admin/json/json-editor.tsx#JsonEditor' } }

type Shape = 'object' | 'array' | 'any'

/**
 * JSON data for programs: JSONB, at most `max` bytes, edited as text in the panel. `shape` requires
 * an object or an array.
 */
export function json(
  name: string,
  { shape = 'any', max = 100_000, defaultValue, ...options }: FieldOptions & JsonOptions = {},
): JSONField {
  const validate: JSONField['validate'] = (value: unknown) =>
    findJsonProblem(value, shape, max) ?? true
  const base = buildFieldBase(name, { ...options, admin: { ...EDITOR, ...options.admin } })
  return { type: 'json', validate, ...(defaultValue !== undefined && { defaultValue }), ...base }
}

type JsonOptions = {
  shape?: Shape
  max?: number
  defaultValue?: object
}

function findJsonProblem(value: unknown, shape: Shape, max: number): string | null {
  if (value === null || value === undefined) return null
  if (shape === 'array' && !Array.isArray(value)) return 'must be a JSON array'
  if (shape === 'object' && (typeof value !== 'object' || Array.isArray(value)))
    return 'must be a JSON object'
  const bytes = Buffer.byteLength(JSON.stringify(value))
  return bytes > max ? `has ${bytes} bytes of JSON; the limit is ${max}` : null
}
