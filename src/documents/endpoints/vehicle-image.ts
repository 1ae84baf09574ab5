import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeBytes, describeJson, MESSAGE } from '../../api/openapi/operation.ts'
import { getTransaction } from '../../database/transaction.ts'
import { withReceivedFile } from '../../uploads/receive-file.ts'
import { IMAGE_TYPE_NAMES } from '../domain/file-types.ts'
import { inspectFile } from '../inspect-file.ts'
import { deleteFile, saveVehicleImage } from '../save-file.ts'
import { serveContent } from '../serve-content.ts'
import { type AttachedFile, loadFiles } from '../store/attached-files.ts'
import { FILE_ID } from './file-schemas.ts'
import { checkParent } from './parent-row.ts'

const IMAGE_ANSWER = z.strictObject({
  image: z.strictObject({ contentType: z.string(), fileSize: z.number(), url: z.string() }),
  message: z.string(),
})

const NO_IMAGE = 'The vehicle has no photo. Send one with PUT to this address.'

/** GET /api/vehicles/:id/image: the photo of a vehicle. */
const getImage = endpoint({
  method: 'get',
  path: '/:id/image',
  summary: 'Return the photo of a vehicle',
  access: callers.allowedByRules,
  params: FILE_ID,
  response: describeBytes('The photo, as JPEG or WebP.', 'image/*'),
  refusals: [400, 401, 403, 404],
  load: async ({ req }, { id }) => ({ image: await loadImage(req, id, 'read') }),
  handler: ({ req, image: { storageBucket, storageKey, contentType, fileName } }) =>
    serveContent(req, {
      bucket: storageBucket,
      key: storageKey,
      contentType,
      fileName,
      disposition: 'inline',
    }),
})

/** PUT /api/vehicles/:id/image: sets or replaces it. */
const putImage = endpoint({
  method: 'put',
  path: '/:id/image',
  summary: 'Set the photo of a vehicle: JPEG, PNG, WebP or HEIC',
  access: callers.allowedByRules,
  params: FILE_ID,
  takesFile: true,
  response: describeJson('The photo was stored, without metadata.', IMAGE_ANSWER),
  refusals: [400, 401, 403, 404, 413, 415, 429],
  load: async ({ req }, { id }) => {
    await checkParent(req, { collection: 'vehicles', id }, 'write')
    return {}
  },
  handler: ({ req }, { params: { id } }) =>
    withReceivedFile(req, async ({ path }) => {
      const { preview } = await inspectFile(req, path, IMAGE_TYPE_NAMES)
      if (!preview) throw new APIError(NOT_AN_IMAGE, 415, undefined, true)
      const { contentType, fileSize } = await saveVehicleImage(req, id, preview)
      const url = `/api/vehicles/${id}/image`
      return { image: { contentType, fileSize, url }, message: 'The photo was stored.' }
    }),
})

const NOT_AN_IMAGE = `The file is not an image. Send a ${IMAGE_TYPE_NAMES} file.`

/** DELETE /api/vehicles/:id/image: removes it. */
const deleteImage = endpoint({
  method: 'delete',
  path: '/:id/image',
  summary: 'Delete the photo of a vehicle',
  access: callers.allowedByRules,
  params: FILE_ID,
  response: describeJson('The photo was deleted.', MESSAGE),
  refusals: [400, 401, 403, 404, 429],
  load: async ({ req }, { id }) => ({ image: await loadImage(req, id, 'write') }),
  handler: async ({ req, image }) => {
    await deleteFile(req, image)
    return { message: 'The photo was deleted.' }
  },
})

async function loadImage(
  req: PayloadRequest,
  id: string,
  intent: 'read' | 'write',
): Promise<AttachedFile> {
  await checkParent(req, { collection: 'vehicles', id }, intent)
  const [image] = await loadFiles(getTransaction(req).db, { collection: 'vehicles', id })
  if (!image) throw new APIError(NO_IMAGE, 404, undefined, true)
  return image
}

/** The endpoints of the photo of a vehicle, under /api/vehicles/:id/image. */
export const vehicleImageEndpoints: Endpoint[] = [getImage, putImage, deleteImage]
