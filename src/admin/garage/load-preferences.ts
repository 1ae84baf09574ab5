import type { Payload } from 'payload'
import { cache } from 'react'
import { DEFAULT_PREFERENCES } from '../../domain/locale-preferences.ts'
import { batchLookups } from '../cells/batch-lookups.ts'
import { createViewerRequest } from '../cells/viewer-request.ts'

/** What a list needs to know of an owner to show their rows. */
export type ListPreferences = { currencyCode: string; timeZone: string }

/**
 * Finds the currency and the time zone of an owner by subject, with the viewer's access. Undefined
 * for an owner without preferences.
 */
export const loadPreferences = cache((payload: Payload) =>
  batchLookups((subjects) => loadBySubjects(payload, subjects)),
)

async function loadBySubjects(
  payload: Payload,
  subjects: string[],
): Promise<Map<string, ListPreferences>> {
  const { docs } = await payload.find({
    collection: 'user-preferences',
    where: { userId: { in: subjects } },
    select: { userId: true, currencyCode: true, timeZone: true },
    limit: subjects.length,
    pagination: false,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
    req: await createViewerRequest(payload),
  })
  return new Map(docs.flatMap(({ userId, ...chosen }) => (userId ? [[userId, fill(chosen)]] : [])))
}

const fill = (chosen: { [Name in keyof ListPreferences]?: string | null }): ListPreferences => ({
  currencyCode: chosen.currencyCode ?? DEFAULT_PREFERENCES.currencyCode,
  timeZone: chosen.timeZone ?? DEFAULT_PREFERENCES.timeZone,
})
