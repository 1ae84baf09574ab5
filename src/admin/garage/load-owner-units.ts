import type { Payload } from 'payload'
import { cache } from 'react'
import { type OwnerUnits, resolveOwnerUnits } from '../../garage/domain/units.ts'
import { batchLookups } from '../cells/batch-lookups.ts'
import { createViewerRequest } from '../cells/viewer-request.ts'

/**
 * Finds the units, currency and time zone of an owner by subject, with the viewer's access; the
 * defaults for an owner without preferences.
 */
export async function loadOwnerUnits(payload: Payload, subject: unknown): Promise<OwnerUnits> {
  return (await loadChosenUnits(payload)(String(subject))) ?? resolveOwnerUnits({})
}

const loadChosenUnits = cache((payload: Payload) =>
  batchLookups((subjects) => loadBySubjects(payload, subjects)),
)

async function loadBySubjects(
  payload: Payload,
  subjects: string[],
): Promise<Map<string, OwnerUnits>> {
  const { docs } = await payload.find({
    collection: 'user-preferences',
    where: { userId: { in: subjects } },
    limit: subjects.length,
    pagination: false,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
    req: await createViewerRequest(payload),
  })
  return new Map(docs.map((preferences) => [preferences.userId, resolveOwnerUnits(preferences)]))
}
