import { type CollectionConfig, type Field, toWords, type Validate, validations } from 'payload'
import { buildErrorSentence } from '../domain/error-sentence.ts'
import { mapFields, type NamedField } from './map-fields.ts'

type Labeled = { label?: unknown; name?: string }

/** The label of a field as the panel shows it: its own, or its name as words. */
export function getFieldLabel({ label, name = '' }: Labeled): string {
  return typeof label === 'string' && label !== '' ? label : toWords(name)
}

/**
 * The label of the field at a path of a collection, or the path as words if there is no such field.
 */
export function findFieldLabel(
  collection: { flattenedFields: readonly Labeled[] } | undefined,
  path: string,
): string {
  return getFieldLabel(
    collection?.flattenedFields.find(({ name }) => name === path) ?? { name: path },
  )
}

/**
 * Puts the field label in front of validation messages: `Make is required` instead of `is
 * required`, over REST, GraphQL, and in forms. Fields without their own check use Payload's.
 */
export function withLabeledErrors(collection: CollectionConfig): CollectionConfig {
  return { ...collection, fields: mapFields(collection.fields, labelRefusals) }
}

function labelRefusals(field: NamedField): Field {
  const own = 'validate' in field ? field.validate : undefined
  const check = (own ?? (validations as Readonly<Record<string, unknown>>)[field.type]) as
    Validate | undefined
  if (!check) return field
  const validate: Validate = async (value: unknown, options) => {
    const result = await check(value, options)
    return typeof result === 'string'
      ? buildErrorSentence(getFieldLabel(options as Labeled), result)
      : result
  }
  return { ...field, validate } as unknown as Field
}
