import { z } from 'zod'
import type { FileParent } from '../../documents/store/attached-files.ts'
import type { Archive, ArchivedFile } from './read-archive.ts'

/** The table of an export with its files. */
export const FILES_TABLE = 'attached-files'

/** A file of an archive with its name, and the row of the archive that it belongs to. */
export type Attachment = {
  entry: ArchivedFile
  parent: FileParent
  fileName: string
}

const ID = z.string().nullish()
const ATTACHED = z.looseObject({
  document: ID,
  fuelLog: ID,
  maintenanceLog: ID,
  vehicle: ID,
  fileName: ID,
  createdAt: z.string().default(''),
})
const NAMED = z.looseObject({ fileName: ID })

/**
 * Lists the files of an archive in the order in which they were added, and how many belong to none
 * of its rows. A file of a document or a vehicle may be named by its row alone, as other programs
 * do.
 */
export function listAttachments({ files, tables }: Archive): {
  attachments: Attachment[]
  unnamed: number
} {
  const places = listPlaces(tables)
  const found = files.flatMap((entry) => {
    const place = places.get(entry.id)
    return place ? [{ entry, ...place, fileName: place.fileName ?? entry.name }] : []
  })
  const attachments = found.toSorted(
    (one, other) =>
      compare(one.createdAt, other.createdAt) || compare(one.entry.id, other.entry.id),
  )
  return { attachments, unnamed: files.length - attachments.length }
}

type Place = {
  parent: FileParent
  fileName: string | null
  createdAt: string
}

function listPlaces(tables: Archive['tables']): Map<string, Place> {
  const places = new Map<string, Place>()
  for (const collection of ['documents', 'vehicles'] as const)
    for (const row of tables.get(collection) ?? []) {
      const { data } = NAMED.safeParse(row)
      const parent: FileParent = { collection, id: String(row.id) }
      places.set(parent.id, { parent, fileName: data?.fileName ?? null, createdAt: '' })
    }
  for (const row of tables.get(FILES_TABLE) ?? []) {
    const { data } = ATTACHED.safeParse(row)
    const parent = data && findParent(data)
    if (parent)
      places.set(String(row.id), {
        parent,
        fileName: data.fileName ?? null,
        createdAt: data.createdAt,
      })
  }
  return places
}

function findParent(row: z.output<typeof ATTACHED>): FileParent | null {
  if (row.document) return { collection: 'documents', id: row.document }
  if (row.fuelLog) return { collection: 'fuel-logs', id: row.fuelLog }
  if (row.maintenanceLog) return { collection: 'maintenance-logs', id: row.maintenanceLog }
  return row.vehicle ? { collection: 'vehicles', id: row.vehicle } : null
}

const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1)
