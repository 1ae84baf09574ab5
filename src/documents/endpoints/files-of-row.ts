import type { Endpoint } from 'payload'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { getTransaction } from '../../database/transaction.ts'
import { withReceivedFile } from '../../uploads/receive-file.ts'
import { normalizeFileName } from '../domain/file-name.ts'
import { inspectFile } from '../inspect-file.ts'
import { attachFile } from '../save-file.ts'
import { type FileParent, loadFiles } from '../store/attached-files.ts'
import { FILE_ANSWER, FILE_ID, FILE_NAME_QUERY, FILES, toFileAnswer } from './file-schemas.ts'
import { checkParent } from './parent-row.ts'

/**
 * The endpoints of the files of one row: GET and POST /:id/files below a collection. `row` names a
 * row for the documentation.
 */
export const buildFileEndpoints = (
  collection: FileParent['collection'],
  row: string,
): Endpoint[] => [listFiles(collection, row), uploadFile(collection, row)]

const listFiles = (collection: FileParent['collection'], row: string): Endpoint =>
  endpoint({
    method: 'get',
    path: '/:id/files',
    summary: `Return the files of ${row}`,
    access: callers.allowedByRules,
    params: FILE_ID,
    response: describeJson('The files, the first one first.', FILES),
    refusals: [400, 401, 403, 404],
    load: async ({ req }, { id }) => {
      await checkParent(req, { collection, id }, 'read')
      return {}
    },
    handler: async ({ req }, { params: { id } }) => {
      const files = await loadFiles(getTransaction(req).db, { collection, id })
      return { files: files.map(toFileAnswer) }
    },
  })

const uploadFile = (collection: FileParent['collection'], row: string): Endpoint =>
  endpoint({
    method: 'post',
    path: '/:id/files',
    summary: `Upload a file of ${row}: PDF, JPEG, PNG, WebP or HEIC`,
    access: callers.allowedByRules,
    params: FILE_ID,
    query: FILE_NAME_QUERY,
    takesFile: true,
    status: 201,
    response: describeJson('The file was stored.', FILE_ANSWER),
    refusals: [400, 401, 403, 404, 413, 415, 429],
    load: async ({ req }, { id }) => {
      await checkParent(req, { collection, id }, 'write')
      return {}
    },
    handler: ({ req }, { params: { id }, query }) =>
      withReceivedFile(req, async (received) => {
        const inspected = await inspectFile(req, received.path)
        const name = normalizeFileName(received.name ?? query.name ?? null, inspected.type)
        const { file, isNew } = await attachFile(req, { collection, id }, name, inspected)
        return {
          file: toFileAnswer(file),
          message: isNew ? 'The file was stored.' : 'The file is already there.',
        }
      }),
  })
