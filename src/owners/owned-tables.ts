import type { Payload, SanitizedCollectionConfig } from 'payload'
import { findOwnerField } from '../audit/redaction.ts'
import { getFieldColumn, getCollectionTable } from '../database/tables.ts'

/** A table whose rows each belong to an owner, and its column with the owner's subject. */
export type OwnedTable = {
  collection: SanitizedCollectionConfig
  table: string
  column: string
}

/**
 * Every table whose rows carry the subject of an owner, ours and the plugins': a new table is
 * exported and purged with the others.
 */
export function listOwnedTables(payload: Payload): OwnedTable[] {
  return payload.config.collections
    .filter((collection) => findOwnerField(collection) === 'userId')
    .map((collection) => {
      const table = getCollectionTable(payload, collection.slug).name
      return { collection, table, column: getFieldColumn(payload, table, 'userId') }
    })
}
