import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson, describeRefusals } from '../../api/openapi/operation.ts'
import { limitRequests } from '../../auth/rate-limits/request-limits.ts'
import { formatCount } from '../../domain/format-count.ts'
import { type AccountOutcome, IMPORT_MODES } from '../import/account-import.ts'
import { importAccount } from '../import/import-account.ts'
import { withArchive } from '../import/read-archive.ts'
import { withReceivedArchive } from '../import/receive-archive.ts'

const COUNT = z.number().int()
const MAX_LISTED = 200

const RESULT = z.strictObject({
  mode: z.enum(IMPORT_MODES),
  message: z.string(),
  tables: z.record(
    z.string(),
    z.strictObject({
      rows: COUNT.describe('Of the archive.'),
      added: COUNT.describe('In a preview, those that would be added.'),
      known: COUNT.describe('Rows that are there already; they are not changed.'),
      skipped: COUNT.describe('Rows of tables that are never imported, such as the profile.'),
      refused: z.array(z.strictObject({ row: z.string(), reasons: z.array(z.string()) })),
    }),
  ),
  files: z.strictObject({
    added: COUNT,
    known: COUNT.describe('Files that their rows have already.'),
    skipped: COUNT.describe('Files whose row is not there, or in the trash.'),
    refused: z
      .array(z.strictObject({ file: z.string(), reasons: z.array(z.string()) }))
      .describe('With `skipRefusedFiles`: files that are not accepted, and why.'),
  }),
})

/**
 * POST /api/me/import: reads the ZIP of GET /api/me/export back. `merge` adds what is missing,
 * `replace` first moves the vehicles that are there to the trash, and `preview` changes nothing.
 */
export const importAccountArchive = endpoint({
  method: 'post',
  path: '/me/import',
  summary: 'Imports the ZIP of an account export: vehicles, their history, documents and files',
  access: callers.owner,
  query: z.object({
    mode: z.enum(IMPORT_MODES),
    skipRefusedFiles: z
      .enum(['true', 'false'])
      .default('false')
      .transform((text) => text === 'true')
      .describe('Whether files that are not accepted are left out. They refuse the import else.'),
  }),
  response: describeJson('What became of the rows of each table.', RESULT),
  refusals: [400, 401, 403, 429],
  otherResponses: describeRefusals(413, 415, 422),
  handler: async ({ req, account }, { query }) => {
    await limitRequests(req, 'import', account)
    const outcome = await withReceivedArchive(req, (file) =>
      withArchive(file, (archive) => importAccount(req, account, archive, query)),
    )
    const { mode } = query
    return { mode, message: describeOutcome(outcome, mode), ...shorten(outcome) }
  },
})

function shorten({ files, tables }: AccountOutcome): AccountOutcome {
  const shortened = Object.entries(tables).map(([name, table]) => [
    name,
    { ...table, refused: table.refused.slice(0, MAX_LISTED) },
  ])
  return {
    files: { ...files, refused: files.refused.slice(0, MAX_LISTED) },
    tables: Object.fromEntries(shortened) as AccountOutcome['tables'],
  }
}

function describeOutcome({ tables, files }: AccountOutcome, mode: string): string {
  const all = Object.values(tables)
  const added = all.reduce((sum, table) => sum + table.added, 0)
  const refused = all.reduce((sum, table) => sum + table.refused.length, 0)
  const verb = mode === 'preview' ? 'to add' : 'added'
  const rows = formatCount(added, 'row')
  return (
    `${rows} and ${formatCount(files.added, 'file')} ${verb}, ` +
    `${formatCount(refused, 'refused row')} and ` +
    `${formatCount(files.refused.length, 'refused file')}.`
  )
}
