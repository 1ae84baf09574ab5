import type { JSONField } from 'payload'
import { type FieldOptions, fieldBase } from './column.ts'
import { textList } from './text.ts'

/** A set of short words: TEXT[]. Each entry of 1 to `length` characters; `equals`, `contains` and `in` find rows by it. */
export function textArray(name: string, options: FieldOptions & { most: number; length: number }): JSONField {
  return textList(name, { ...options, column: { type: { kind: 'text[]' }, ...options.column } })
}

const EDITOR = { components: { Field: '/src/admin/json/json-editor.tsx#JsonEditor' } }

type Shape = 'object' | 'array' | 'any'

/**
 * What a program wrote or reads: JSONB, at most `most` bytes of JSON, typed as text in the panel. `shape` says whether it is an object
 * or a list.
 */
export function json(
  name: string,
  { shape = 'any', most = 100_000, defaultValue, ...options }: FieldOptions & JsonOptions = {},
): JSONField {
  const validate: JSONField['validate'] = (value: unknown) => jsonProblem(value, shape, most) ?? true
  const base = fieldBase(name, { ...options, admin: { ...EDITOR, ...options.admin } })
  return { type: 'json', validate, ...(defaultValue !== undefined && { defaultValue }), ...base }
}

type JsonOptions = { shape?: Shape; most?: number; defaultValue?: object }

function jsonProblem(value: unknown, shape: Shape, most: number): string | null {
  if (value === null || value === undefined) return null
  if (shape === 'array' && !Array.isArray(value)) return 'must be a JSON array'
  if (shape === 'object' && (typeof value !== 'object' || Array.isArray(value))) return 'must be a JSON object'
  const bytes = Buffer.byteLength(JSON.stringify(value))
  return bytes > most ? `has ${bytes} bytes of JSON, at most ${most} are kept` : null
}
