import type { Payload } from 'payload'
import { cache } from 'react'
import { batchLookups } from '../cells/batch-lookups.ts'
import { createViewerRequest } from '../cells/viewer-request.ts'

/**
 * Finds the time zone of an owner by subject, with the viewer's access. Undefined for an owner who
 * has not chosen one.
 */
export const loadTimeZones = cache((payload: Payload) =>
  batchLookups((subjects) => loadZones(payload, subjects)),
)

async function loadZones(payload: Payload, subjects: string[]): Promise<Map<string, string>> {
  const { docs } = await payload.find({
    collection: 'user-preferences',
    where: { userId: { in: subjects } },
    select: { userId: true, timeZone: true },
    limit: subjects.length,
    pagination: false,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
    req: await createViewerRequest(payload),
  })
  return new Map(
    docs.flatMap(({ timeZone, userId }) => (userId && timeZone ? [[userId, timeZone]] : [])),
  )
}
