import { Readable } from 'node:stream'
import type { Endpoint, Payload, PayloadRequest } from 'payload'
import type { Account } from '../../access/identity.ts'
import { countedLines } from '../../audit/counted.ts'
import { originOf } from '../../audit/origin.ts'
import { postgresOf } from '../../database/transaction.ts'
import { bytes, refusals, stated } from '../../openapi/operation.ts'
import { archiveOf, type ExportedFile } from '../export/archive.ts'
import { exportedTables } from '../export/rows.ts'
import type { OwnerFiles } from '../files.ts'
import { forAccount, limitRequests, NO_STORE } from './for-owner.ts'

/** GET /api/me/export: one ZIP of everything that is the owner's, and of nobody else. Asks for no terms. It leaves a line in the trail. */
export const exportAccount = (files: OwnerFiles): Endpoint =>
  stated(
    {
      summary: 'One ZIP of everything that is the owner’s: every table as JSON and CSV, and every file',
      askers: ['owner'],
      answers: { 200: bytes('The archive; one that breaks off is not whole.', 'application/zip'), ...refusals(401, 403, 429) },
    },
    {
      path: '/me/export',
      method: 'get',
      handler: forAccount(async (req, account) => {
        await limitRequests(req, 'export', account)
        const at = new Date()
        const named = await filesOf(req.payload, account.subject)
        await tellExport(req, account)
        const archive = archiveOf({ tables: exportedTables(req, account), files: named, from: files, at })
        const name = `forecourt-${at.toISOString().slice(0, 10)}.zip`
        const headers = {
          ...NO_STORE,
          'content-type': 'application/zip',
          'content-disposition': `attachment; filename="${name}"`,
        }
        return new Response(Readable.toWeb(archive) as ReadableStream, { headers })
      }),
    },
  )

/** Whoever stole a token would take everything along: so the trail knows when it was, and from where; twenty a minute, and a count. */
function tellExport(req: PayloadRequest, { profile, subject }: Account): Promise<void> {
  const about = { action: 'export_account', resourceType: 'user-profiles', resource: profile }
  const line = { ...about, change: { owner: subject }, origin: originOf(req) }
  return countedLines.look(req.payload, { kind: 'garage admin', subject }, line)
}

type Row = { id: string; bucket: string | null; key: string; name: string | null }

/** The files that rows of an owner name; each in a folder of its row, under a name that no file system stumbles over. */
async function filesOf(payload: Payload, subject: string): Promise<ExportedFile[]> {
  const { rows } = await postgresOf(payload).pool.query<Row>(
    `select id, storage_bucket as bucket, storage_key as key, file_name as name from documents
       where user_id = $1 and storage_key is not null
     union all select id, image_bucket, image_key, 'image' from vehicles where user_id = $1 and image_key is not null
     order by id`,
    [subject],
  )
  return rows.map(({ id, bucket, key, name }) => ({ bucket, key, place: `files/${id}/${plainName(name ?? 'file')}` }))
}

const plainName = (name: string) =>
  name
    .replaceAll(/[^\w.() -]/g, '_')
    .replace(/^\.+/, '_')
    .slice(-100) || 'file'
