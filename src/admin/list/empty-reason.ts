import type { Payload, SanitizedCollectionConfig } from 'payload'
import { createViewerRequest } from '../cells/viewer-request.ts'
import { getService } from '../../services.ts'

const NEEDS_OWNER = 'Each entry belongs to an owner, and there are no owners yet.'

/** Why a list is empty, and whether this prevents adding a row. */
export type EmptyReason = { message: string; blocks: boolean }

/**
 * Why a table has no rows, if known: the text under `custom.whenEmpty`, or that there are no owners
 * yet. Null if people add the rows themselves, or if the banner says that nothing works yet.
 */
export async function findEmptyReason(
  payload: Payload,
  collection: SanitizedCollectionConfig,
): Promise<EmptyReason | null> {
  if (collection.slug === 'user-profiles') return { message: describeOwners(payload), blocks: true }
  if (needsOwner(collection) && (await countOwners(payload)) === 0)
    return {
      message: `${NEEDS_OWNER} ${describeOwners(payload)}`,
      blocks: true,
    }
  const words: unknown = collection.custom['whenEmpty']
  return typeof words === 'string' ? { message: words, blocks: false } : null
}

/** How owners are created, depending on whether an identity provider is configured. */
const describeOwners = (payload: Payload): string =>
  getService(payload, 'acceptsOwners')
    ? 'Owners appear here when they first sign in with your identity provider.'
    : 'Owners sign in with your identity provider, which is not set up. Set ' +
      'OWNERS_ISSUER and OWNERS_AUDIENCE, then restart Forecourt.'

const needsOwner = ({ flattenedFields }: SanitizedCollectionConfig): boolean =>
  flattenedFields.some(
    (field) => field.name === 'userId' && 'required' in field && field.required === true,
  )

/**
 * The number of owners. Reveals only a number, which is the same for everyone who may see the list.
 */
async function countOwners(payload: Payload): Promise<number> {
  const { totalDocs } = await payload.count({
    collection: 'user-profiles',
    overrideAccess: true,
    req: await createViewerRequest(payload),
  })
  return totalDocs
}
