import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import yazl from 'yazl'
import { download } from './owner-files.ts'
import type { Owner } from './owners.ts'
import { unzip } from './unzip.ts'

/** A row of a table of an export. */
export type ArchivedRow = Record<string, unknown>
type Entries = Readonly<Record<string, Buffer>>

/** The ZIP of GET /api/me/export. */
export async function exportArchive({ api }: Owner): Promise<Buffer> {
  const { body } = await download(api, '/api/me/export').expect(200)
  return body as Buffer
}

/** Sends an archive to POST /api/me/import. */
export const sendArchive = ({ api }: Owner, bytes: Buffer, query: object = { mode: 'merge' }) =>
  api.post('/api/me/import').query(query).set('content-type', 'application/zip').send(bytes)

/** A ZIP of entries. */
export function packArchive(
  entries: Entries,
  options: Partial<yazl.Options> = {},
): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  for (const [name, bytes] of Object.entries(entries)) zip.addBuffer(bytes, name, options)
  zip.end()
  return buffer(zip.outputStream as Readable)
}

/** The rows of a table of an archive. */
export const readTable = (archive: Buffer, table: string): ArchivedRow[] =>
  JSON.parse(String(unzip(archive).get(`${table}.json`))) as ArchivedRow[]

/** The archive with other entries in it, or beside the others. */
export const withEntries = (archive: Buffer, entries: Entries): Promise<Buffer> =>
  packArchive({ ...Object.fromEntries(unzip(archive)), ...entries })

/** The archive with other rows in a table. */
export const withRows = (
  archive: Buffer,
  table: string,
  change: (rows: ArchivedRow[]) => ArchivedRow[],
): Promise<Buffer> =>
  withEntries(archive, {
    [`${table}.json`]: Buffer.from(JSON.stringify(change(readTable(archive, table)))),
  })
