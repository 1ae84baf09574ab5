import type { CollectionSlug, Payload, ValidationError } from 'payload'
import { buildErrorSentence, joinSentences } from '../../domain/error-sentence.ts'
import { findFieldLabel } from '../../fields/labeled-errors.ts'
import type { Refusal } from './database-refusal.ts'

/**
 * A refusal of one field: `path` is for programs, `message` a sentence that names the field by its
 * label.
 */
export type FieldError = { path: string; message: string }

/** A refusal's problem with each field, as sentences: `Mileage must be 1 or more, not 0`. */
export function describeFieldErrors(
  { data }: ValidationError,
  { collections }: Payload,
): FieldError[] {
  const config = data.collection ? collections[data.collection as CollectionSlug].config : undefined
  return data.errors.map((error) => ({
    ...error,
    message: buildErrorSentence(findFieldLabel(config, error.path), error.message),
  }))
}

/** The same sentences as one text, for responses with a single message. */
export const formatValidationError = (refusal: ValidationError, payload: Payload): string =>
  joinSentences(describeFieldErrors(refusal, payload).map(({ message }) => message))

/** A database rejection as a sentence that names the field, if known. */
export const describeRefusal = ({ label, message }: Refusal): string =>
  label === undefined ? message : buildErrorSentence(label, message)
