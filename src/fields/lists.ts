import type { JSONField } from 'payload'
import { type FieldOptions, buildFieldBase } from './column.ts'
import { textList } from './text.ts'

/**
 * A set of short words: TEXT[]. Each entry of 1 to `length` characters; `equals`, `contains` and
 * `in` find rows by it.
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
 * What a program wrote or reads: JSONB, at most `most` bytes of JSON, typed as text in the panel.
 * `shape` says whether it is an object or a list.
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

type JsonOptions = { shape?: Shape; max?: number; defaultValue?: object }

function findJsonProblem(value: unknown, shape: Shape, max: number): string | null {
  if (value === null || value === undefined) return null
  if (shape === 'array' && !Array.isArray(value)) return 'must be a JSON array'
  if (shape === 'object' && (typeof value !== 'object' || Array.isArray(value)))
    return 'must be a JSON object'
  const bytes = Buffer.byteLength(JSON.stringify(value))
  return bytes > max ? `has ${bytes} bytes of JSON, at most ${max} are kept` : null
}
