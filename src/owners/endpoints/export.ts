import { Readable } from 'node:stream'
import type { Endpoint, PayloadRequest } from 'payload'
import type { Account } from '../../access/identity.ts'
import { aggregatedEntries } from '../../audit/aggregated-entries.ts'
import { getOrigin } from '../../audit/origin.ts'
import { getTransaction } from '../../database/transaction.ts'
import { listNamedFiles } from '../../documents/store/owner-files.ts'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeBytes } from '../../api/openapi/operation.ts'
import { createArchive, type ExportedFile } from '../export/archive.ts'
import { listExportedTables } from '../export/rows.ts'
import type { OwnerFiles } from '../files.ts'

/**
 * GET /api/me/export: one ZIP of everything that belongs to the owner, and nothing else. Requires
 * no agreement to the terms. It is audited.
 */
export const exportAccount = (files: OwnerFiles): Endpoint =>
  endpoint({
    method: 'get',
    path: '/me/export',
    summary:
      'Exports everything that belongs to the owner as one ZIP: every table as JSON and ' +
      'CSV, and every file',
    access: callers.limitedAccount('export'),
    response: describeBytes(
      'The archive; if the download is interrupted, the archive is incomplete.',
      'application/zip',
    ),
    refusals: [401, 403, 429],
    handler: async ({ req, account }) => {
      const at = new Date()
      const named = await listExportedFiles(req, account.subject)
      await recordExport(req, account)
      const archive = createArchive({
        tables: listExportedTables(req, account),
        files: named,
        from: files,
        at,
      })
      const name = `forecourt-${at.toISOString().slice(0, 10)}.zip`
      const headers = {
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${name}"`,
      }
      return new Response(Readable.toWeb(archive) as ReadableStream, { headers })
    },
  })

/**
 * A stolen token could export everything, so the audit log records the time and origin: up to
 * twenty entries a minute, then a count.
 */
function recordExport(req: PayloadRequest, { profile, subject }: Account): Promise<void> {
  const about = { action: 'export_account', resourceType: 'user-profiles', resource: profile }
  const entry = { ...about, change: { owner: subject }, origin: getOrigin(req) }
  return aggregatedEntries.recordAccess(req.payload, { kind: 'garage admin', subject }, entry)
}

/**
 * The files that an owner's rows name; each in a folder of its own, under a name that is valid in
 * every file system.
 */
async function listExportedFiles(req: PayloadRequest, subject: string): Promise<ExportedFile[]> {
  const files = await listNamedFiles(getTransaction(req).db, subject)
  return files.map(({ bucket, key, name, row }) => ({
    bucket,
    key,
    entryName: `files/${row}/${sanitizeFileName(name ?? 'file')}`,
  }))
}

const sanitizeFileName = (name: string) =>
  name
    .replaceAll(/[^\w.() -]/g, '_')
    .replace(/^\.+/, '_')
    .slice(-100) || 'file'
