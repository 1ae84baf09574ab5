import type { CollectionSlug, Payload } from 'payload'
import { cache } from 'react'
import { batchLookups } from './batch-lookups.ts'
import { createViewerRequest } from './viewer-request.ts'

/**
 * Loads the title of a row by its id with the viewer's access; undefined if the viewer may not read
 * it.
 */
export const loadRowTitles = cache((payload: Payload, collection: CollectionSlug) =>
  batchLookups((ids) => loadTitles(payload, collection, ids)),
)

async function loadTitles(
  payload: Payload,
  collection: CollectionSlug,
  ids: string[],
): Promise<Map<string, string>> {
  const title = payload.collections[collection].config.admin.useAsTitle ?? 'id'
  const { docs } = await payload.find({
    collection,
    where: { id: { in: ids } },
    select: { [title]: true },
    limit: ids.length,
    pagination: false,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
    req: await createViewerRequest(payload),
  })
  return new Map(docs.map((row) => [String(row.id), formatRowTitle(row, title)]))
}

/** The title of a row; its id if the title is empty. */
function formatRowTitle(row: { id: string | number }, field: string): string {
  const title = (row as Record<string, unknown>)[field]
  return typeof title === 'string' && title !== '' ? title : `No title, ${row.id}`
}
