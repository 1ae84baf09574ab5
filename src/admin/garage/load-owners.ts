import type { Payload } from 'payload'
import { cache } from 'react'
import { batchLookups } from '../cells/batch-lookups.ts'
import { createViewerRequest } from '../cells/viewer-request.ts'

/** What a list shows of an owner. */
export type ListedOwner = { id: string; email: string }

/**
 * Finds an owner by subject with the viewer's access. Undefined if no owner has it or the viewer
 * may not read them.
 */
export const loadOwners = cache((payload: Payload) =>
  batchLookups((subjects) => loadBySubjects(payload, subjects)),
)

async function loadBySubjects(
  payload: Payload,
  subjects: string[],
): Promise<Map<string, ListedOwner>> {
  const { docs } = await payload.find({
    collection: 'user-profiles',
    where: { auth0Sub: { in: subjects } },
    select: { auth0Sub: true, email: true },
    limit: subjects.length,
    pagination: false,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
    req: await createViewerRequest(payload),
  })
  return new Map(docs.map(({ id, auth0Sub, email }) => [auth0Sub, { id, email }]))
}
