import type { Payload, SanitizedCollectionConfig } from 'payload'
import { createViewerRequest } from '../cells/viewer-request.ts'
import { acceptsOwners } from '../../owners/accepts-owners.ts'

/** Why a list is empty, and whether that keeps people from adding a row. */
export type EmptyReason = { message: string; blocks: boolean }

/**
 * Why a table has no rows, as far as it is known: what its collection declares under
 * `custom.whenEmpty`, or that there is no owner whose row it could be. Null where people add the
 * rows themselves, and where the banner over the list says that nothing works yet.
 */
export async function findEmptyReason(
  payload: Payload,
  collection: SanitizedCollectionConfig,
): Promise<EmptyReason | null> {
  if (collection.slug === 'user-profiles') return { message: describeOwners(payload), blocks: true }
  if (needsOwner(collection) && (await countOwners(payload)) === 0)
    return {
      message: `There is no owner yet, and each row belongs to one. ${describeOwners(payload)}`,
      blocks: true,
    }
  const words: unknown = collection.custom['whenEmpty']
  return typeof words === 'string' ? { message: words, blocks: false } : null
}

/** How owners come in, by whether their identity provider is set. */
const describeOwners = ({ config }: Payload): string =>
  acceptsOwners(config)
    ? 'Owners appear here when they first sign in with your identity provider.'
    : 'Owners sign in with your identity provider, which is not set up: set OWNERS_ISSUER and ' +
      'OWNERS_AUDIENCE, then restart Forecourt.'

const needsOwner = ({ flattenedFields }: SanitizedCollectionConfig): boolean =>
  flattenedFields.some(
    (field) => field.name === 'userId' && 'required' in field && field.required === true,
  )

/**
 * How many owners there are. A number alone, and no row of anybody: it is the same for everyone who
 * may see the list.
 */
async function countOwners(payload: Payload): Promise<number> {
  const { totalDocs } = await payload.count({
    collection: 'user-profiles',
    overrideAccess: true,
    req: await createViewerRequest(payload),
  })
  return totalDocs
}
