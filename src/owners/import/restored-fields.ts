import type { CollectionSlug, FlattenedField, PayloadRequest } from 'payload'

/**
 * The fields of a collection that its owner may set when creating a row, so that an archive cannot
 * set more than a request can.
 */
export function listRestoredFields(req: PayloadRequest, slug: CollectionSlug): string[] {
  const fields = req.payload.collections[slug].config.flattenedFields
  return fields.filter((field) => isWritable(req, field)).map(({ name }) => name)
}

const MANAGED = ['id', 'userId', 'vehicle', 'station', 'createdAt', 'updatedAt', 'deletedAt']

function isWritable(req: PayloadRequest, field: FlattenedField): boolean {
  if (MANAGED.includes(field.name) || ['join', 'ui'].includes(field.type)) return false
  if ('virtual' in field && field.virtual) return false
  const create = 'access' in field ? field.access.create : undefined
  return create === undefined || create({ req }) === true
}
