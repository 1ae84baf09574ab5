import { APIError, type Endpoint } from 'payload'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeBytes, describeJson, MESSAGE } from '../../api/openapi/operation.ts'
import { withReceivedFile } from '../../uploads/receive-file.ts'
import { normalizeFileName } from '../domain/file-name.ts'
import { inspectFile } from '../inspect-file.ts'
import { deleteFile, replaceFile } from '../save-file.ts'
import { serveContent } from '../serve-content.ts'
import { FILE_ANSWER, FILE_ID, FILE_NAME_QUERY, toFileAnswer } from './file-schemas.ts'
import { loadRequestedFile } from './parent-row.ts'

/** GET /api/files/:id: the file as it was uploaded, or a range of it. */
const downloadFile = endpoint({
  method: 'get',
  path: '/files/:id',
  summary: 'Download a file as it was uploaded',
  access: callers.allowedByRules,
  params: FILE_ID,
  response: describeBytes('The file, in its own type; with Range, a part of it.', '*/*'),
  refusals: [400, 401, 403, 404],
  load: async ({ req }, { id }) => ({ file: await loadRequestedFile(req, id, 'read') }),
  handler: ({ req, file: { storageBucket, storageKey, contentType, fileName } }) =>
    serveContent(req, {
      bucket: storageBucket,
      key: storageKey,
      contentType,
      fileName,
      disposition: 'attachment',
    }),
})

/** GET /api/files/:id/preview: a picture of an image, without metadata. */
const previewFile = endpoint({
  method: 'get',
  path: '/files/:id/preview',
  summary: 'Return a picture of an image, at most 1920 pixels wide and high, without metadata',
  access: callers.allowedByRules,
  params: FILE_ID,
  response: describeBytes('The picture, as JPEG or WebP.', 'image/*'),
  refusals: [400, 401, 403, 404],
  load: async ({ req }, { id }) => ({ file: await loadRequestedFile(req, id, 'read') }),
  handler: ({ req, file: { storageBucket, previewKey, fileName, id } }) => {
    if (previewKey === null)
      throw new APIError(
        `${fileName} has no preview. Download it at /api/files/${id}.`,
        404,
        undefined,
        true,
      )
    const contentType = previewKey.endsWith('.jpg') ? 'image/jpeg' : 'image/webp'
    return serveContent(req, {
      bucket: storageBucket,
      key: previewKey,
      contentType,
      fileName: normalizeFileName(fileName.replace(/\.\w+$/, ''), contentType),
      disposition: 'inline',
    })
  },
})

/** PUT /api/files/:id: replaces the content of a file, which keeps its ID and its place. */
const putFile = endpoint({
  method: 'put',
  path: '/files/:id',
  summary: 'Replace a file',
  access: callers.allowedByRules,
  params: FILE_ID,
  query: FILE_NAME_QUERY,
  takesFile: true,
  response: describeJson('The file was replaced.', FILE_ANSWER),
  refusals: [400, 401, 403, 404, 413, 415, 429],
  load: async ({ req }, { id }) => ({ old: await loadRequestedFile(req, id, 'write') }),
  handler: ({ req, old }, { query }) =>
    withReceivedFile(req, async (received) => {
      const inspected = await inspectFile(req, received.path)
      const given = received.name ?? query.name ?? old.fileName
      const name = normalizeFileName(given, inspected.type)
      const file = await replaceFile(req, old, name, inspected)
      return { file: toFileAnswer(file), message: 'The file was replaced.' }
    }),
})

/** DELETE /api/files/:id: removes a file for good. */
const removeFile = endpoint({
  method: 'delete',
  path: '/files/:id',
  summary: 'Delete a file permanently',
  access: callers.allowedByRules,
  params: FILE_ID,
  response: describeJson('The file was deleted.', MESSAGE),
  refusals: [400, 401, 403, 404, 429],
  load: async ({ req }, { id }) => ({ file: await loadRequestedFile(req, id, 'write') }),
  handler: async ({ req, file }) => {
    await deleteFile(req, file)
    return { message: `${file.fileName} was deleted.` }
  },
})

/** The endpoints of one file, under /api/files. */
export const fileEndpoints: Endpoint[] = [downloadFile, previewFile, putFile, removeFile]
