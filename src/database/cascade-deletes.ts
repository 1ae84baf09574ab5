import type { PayloadRequest, SanitizedCollectionConfig } from 'payload'
import { getColumnSpec } from '../fields/column.ts'

/**
 * A collection whose rows the database deletes together with another row, and the number of these
 * rows.
 */
type CascadeDelete = { config: SanitizedCollectionConfig; count: number }

/**
 * Counts the rows that the database deletes together with a row, through every level of ON DELETE
 * CASCADE. Collections without such rows are omitted.
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
 * The collections whose rows are deleted with a row of `slug`, each with the path from its rows to
 * that row.
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
