import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

/** A query of the decoding library, as it expects the result. */
export type VpicDatabase = {
  exec: (
    query: string,
    values?: (string | number)[],
  ) => Promise<{ columns: string[]; values: unknown[][] }[]>
  close: () => Promise<void>
}

/** Part of the file name: a database with other indexes is another file. */
const INDEXES_VERSION = 1

/** The packed database has one index, and the library’s queries would read whole tables. */
const INDEXES = `
  PRAGMA journal_mode = DELETE;
  CREATE INDEX by_pattern_schema ON Pattern (VinSchemaId);
  CREATE INDEX by_wmi_code ON Wmi (Wmi);
  CREATE INDEX by_wmi_make ON Wmi_Make (WmiId);
  CREATE INDEX by_schema_wmi ON Wmi_VinSchema (WmiId);
  CREATE INDEX by_wmi_schema ON Wmi_VinSchema (VinSchemaId);
  CREATE INDEX by_make_model ON Make_Model (ModelId);
  CREATE INDEX by_schema_id ON VinSchema (Id);
  CREATE INDEX by_element_id ON Element (Id);
  CREATE INDEX by_make_id ON Make (Id);
`

const HOUR_MS = 3_600_000

/**
 * Opens the vehicle database for offline use, read-only. It is unpacked into `folder` first unless
 * it is there: under a temporary name, verified, indexed, and then renamed, so that a process that
 * dies, or a second one, leaves no half of it.
 */
export async function openVpicDatabase(archive: string, folder: string): Promise<VpicDatabase> {
  const { checksum, bytes } = await readTrailer(archive)
  const file = path.join(folder, `vpic-${checksum}-${INDEXES_VERSION}.db`)
  if (!(await exists(file))) await unpackDatabase(archive, file, bytes)
  const database = openUsable(file)
  if (database) return wrapDatabase(database)
  await rm(file, { force: true })
  await unpackDatabase(archive, file, bytes)
  return wrapDatabase(new DatabaseSync(file, { readOnly: true }))
}

/** The end of a gzip file: the checksum and the length of what it contains (RFC 1952, 2.3.1). */
async function readTrailer(archive: string): Promise<{ checksum: string; bytes: number }> {
  const file = await open(archive)
  try {
    const { size } = await file.stat()
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, size - 8)
    return { checksum: buffer.readUInt32LE(0).toString(16), bytes: buffer.readUInt32LE(4) }
  } finally {
    await file.close()
  }
}

async function unpackDatabase(archive: string, file: string, bytes: number): Promise<void> {
  const folder = path.dirname(file)
  const temporary = `${file}.${randomUUID()}.tmp`
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await removeOthers(folder, file)
  try {
    await pipeline(
      createReadStream(archive),
      createGunzip(),
      createWriteStream(temporary, { mode: 0o600 }),
    )
    const { size } = await stat(temporary)
    if (size !== bytes)
      throw new Error(`${archive} contains ${size} bytes instead of the ${bytes} it announces.`)
    const database = new DatabaseSync(temporary)
    database.exec(INDEXES)
    database.close()
    await syncFile(temporary)
    await rename(temporary, file)
  } finally {
    await rm(temporary, { force: true })
  }
}

/** Removes the databases of earlier versions, and what processes that died have left. */
async function removeOthers(folder: string, file: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const other = path.join(folder, name)
    const isOld = name.endsWith('.db') && other !== file
    const isAbandoned = name.endsWith('.tmp') && (await isOlderThan(other, HOUR_MS))
    if (name.startsWith('vpic-') && (isOld || isAbandoned)) await rm(other, { force: true })
  }
}

async function isOlderThan(file: string, milliseconds: number): Promise<boolean> {
  const found = await stat(file).catch(() => null)
  return found !== null && found.mtimeMs < Date.now() - milliseconds
}

async function syncFile(name: string): Promise<void> {
  const file = await open(name, 'r+')
  await file.sync().finally(() => file.close())
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  )

/** Opens a database; null if its file is damaged. */
function openUsable(file: string): DatabaseSync | null {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    database.prepare('SELECT count(*) FROM Element').get()
    return database
  } catch {
    database.close()
    return null
  }
}

const wrapDatabase = (database: DatabaseSync): VpicDatabase => ({
  exec: (query, values = []) => {
    const statement = database.prepare(query)
    const columns = statement.columns().map(({ name }) => name)
    const rows = statement.all(...values)
    return Promise.resolve([
      { columns, values: rows.map((row) => columns.map((column) => row[column])) },
    ])
  },
  close: () => Promise.resolve(database.close()),
})
