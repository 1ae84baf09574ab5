import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import { buildFileKey, type StoredFile } from '../../owners/files.ts'
import { findNamedKeys } from './owner-files.ts'

type Database = Transaction['db']

const ROWS = z.array(
  z
    .object({ id: z.coerce.number(), bucket: z.string().nullable(), key: z.string() })
    .transform(({ id, ...file }) => ({ id, key: buildFileKey(file) })),
)

/** An entry about bytes whose row is gone, with their key in the storage. */
export type RemovedFile = z.output<typeof ROWS>[number]

/**
 * The oldest entries about bytes whose row is gone. `isNamed` is whether a row names the bytes
 * nevertheless: a change of a row that kept them also leaves an entry.
 */
export async function listRemovedFiles(
  db: Database,
  limit: number,
): Promise<(RemovedFile & { isNamed: boolean })[]> {
  const { rows } = await db.execute(
    sql`select id, bucket, key from removed_files order by id limit ${limit}`,
  )
  const files = ROWS.parse(rows)
  if (files.length === 0) return []
  const named = await findNamedKeys(
    db,
    files.map(({ key }) => key),
  )
  return files.map((file) => ({ ...file, isNamed: named.has(file.key) }))
}

/** Deletes the entries about files whose bytes are removed now, such as those of a purged owner. */
export async function deleteRemovedFiles(
  db: Database,
  files: readonly StoredFile[],
): Promise<void> {
  const keys = files.map(({ key }) => sql`${key}`)
  if (keys.length === 0) return
  await db.execute(sql`delete from removed_files where key in (${sql.join(keys, sql`, `)})`)
}

/** Deletes an entry. */
export async function deleteRemovedFile(db: Database, { id }: RemovedFile): Promise<void> {
  await db.execute(sql`delete from removed_files where id = ${id}`)
}
