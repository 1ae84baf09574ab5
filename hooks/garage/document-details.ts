import { type CollectionBeforeValidateHook, ValidationError } from 'payload'
import {
  type DocumentType,
  isDocumentType,
  listDetailNames,
  parseDetails,
} from '../../src/documents/domain/document-details.ts'
import type { Warning } from '../../src/domain/warning.ts'
import { addWarnings } from '../add-warnings.ts'

/**
 * Checks the details of a document by its type, and keeps stored ones that its type does not have.
 * A new one that it does not have is stored with a warning.
 */
export const normalizeDetails: CollectionBeforeValidateHook = ({ data, originalDoc, req }) => {
  const given: unknown = data?.['details']
  const type: unknown = data?.['documentType'] ?? originalDoc?.documentType
  if (!isObject(given) || !isDocumentType(type)) return data
  const before: unknown = originalDoc?.details
  const parsed = parseDetails(type, given, isObject(before) ? before : {})
  if ('problem' in parsed) {
    const errors = [{ path: `details.${parsed.name}`, message: parsed.problem }]
    throw new ValidationError({ collection: 'documents', errors }, req.t)
  }
  if (parsed.unknown.length > 0) addWarnings(req, [describeUnknown(type, parsed.unknown)])
  return { ...data, details: parsed.value }
}

const describeUnknown = (type: DocumentType, names: readonly string[]): Warning => ({
  field: 'details',
  code: 'unknown_detail',
  message:
    `${type} has no detail ${JSON.stringify(names[0]?.slice(0, 100))}; it has ` +
    listDetailNames(type),
})

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
