import type { JsonSchema } from '../../../jobs/api-types.ts'
import { formatTitle } from '../ui/format.ts'

/** One input field of a job. `json` is for anything without a simple input. */
export type Field = {
  name: string
  label: string
  kind: 'text' | 'number' | 'checkbox' | 'choice' | 'json'
  required: boolean
  schema: NonNullable<JsonSchema['properties']>[string]
}

/** The form values: text as entered, and checkboxes. */
export type Draft = Readonly<Record<string, string | boolean>>

export function listInputFields({ properties = {}, required = [] }: JsonSchema): Field[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    label: formatTitle(name),
    kind: getFieldKind(schema),
    required: required.includes(name) && schema.default === undefined,
    schema,
  }))
}

function getFieldKind({ type, enum: choices }: Field['schema']): Field['kind'] {
  if (choices) return 'choice'
  if (type === 'number' || type === 'integer') return 'number'
  if (type === 'boolean') return 'checkbox'
  return type === 'string' ? 'text' : 'json'
}

export function createDraft(fields: readonly Field[]): Draft {
  return Object.fromEntries(fields.map((field) => [field.name, getInitialValue(field)]))
}

function getInitialValue({ kind, schema }: Field): string | boolean {
  const usual = schema.default
  if (kind === 'checkbox') return usual === true
  if (usual === undefined || usual === null) return ''
  return typeof usual === 'string' ? usual : JSON.stringify(usual)
}

/** Converts the form values to the job's input, without empty fields. Invalid JSON is a problem. */
export function parseDraft(
  fields: readonly Field[],
  draft: Draft,
): { input: Record<string, unknown> } | { problem: string } {
  const input: Record<string, unknown> = {}
  for (const { name, label, kind } of fields) {
    const value = draft[name] ?? ''
    if (value === '') continue
    if (kind === 'json') {
      const read = tryParseJson(String(value))
      if (!read) return { problem: `${label} is not valid JSON. Write a list like ["one", "two"].` }
      input[name] = read.value
    } else input[name] = kind === 'number' ? Number(value) : value
  }
  return { input }
}

function tryParseJson(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return null
  }
}
