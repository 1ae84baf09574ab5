import type { PayloadRequest, SanitizedCollectionConfig } from 'payload'
import { getColumnSpec } from '../fields/column.ts'

/** Rows of one collection that the database deletes with another row, and how many there are. */
type CascadeDelete = { config: SanitizedCollectionConfig; count: number }

/**
 * What the database deletes with a row, through every level of ON DELETE CASCADE; only what there
 * is any of.
 */
export async function countCascadeDeletes(
  req: PayloadRequest,
  slug: string,
  id: string | number,
): Promise<CascadeDelete[]> {
  const counts: CascadeDelete[] = []
  for (const { config, path } of listCascadePaths(req, slug)) {
    const where = { [path]: { equals: id } }
    const about = { collection: config.slug, where, trash: true }
    const { totalDocs } = await req.payload.count({ ...about, overrideAccess: true, req })
    if (totalDocs > 0) counts.push({ config, count: totalDocs })
  }
  return counts
}

type CascadePath = { config: SanitizedCollectionConfig; path: string }

/**
 * The collections whose rows go with a row of `slug`, each with the path that leads from theirs to
 * it.
 */
function listCascadePaths(
  req: PayloadRequest,
  slug: string,
  seen: readonly string[] = [],
): CascadePath[] {
  if (seen.includes(slug)) return []
  return req.payload.config.collections.flatMap((config) =>
    config.flattenedFields
      .filter(
        (field) =>
          field.type === 'relationship' &&
          field.relationTo === slug &&
          getColumnSpec(field).onDelete === 'cascade',
      )
      .flatMap(({ name }) => [
        { config, path: name },
        ...listCascadePaths(req, config.slug, [...seen, slug]).map((deeper) => ({
          ...deeper,
          path: `${deeper.path}.${name}`,
        })),
      ]),
  )
}
