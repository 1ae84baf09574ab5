import type { SanitizedCollectionConfig } from 'payload'
import { isUuid } from '../fields/uuid.ts'

/** Whether a part of a path could be the id of a row of this collection: a UUID, a number, or any text where it has a text for its key. */
export function couldBeId({ flattenedFields }: SanitizedCollectionConfig, part: string): boolean {
  const own = flattenedFields.find(({ name }) => name === 'id')
  if (own?.type === 'number') return /^\d{1,10}$/.test(part) && Number(part) < 2 ** 31
  return own ? part !== '' : isUuid(part)
}
