import { APIError, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { endpoint } from '../../api/endpoint.ts'
import { describeBytes, describeJson, MESSAGE } from '../../api/openapi/operation.ts'
import { getTransaction } from '../../database/transaction.ts'
import { uuidInput } from '../../domain/input-schemas.ts'
import { withReceivedFile } from '../../uploads/receive-file.ts'
import { customerAccess, LINK_PARAMS, LINK_QUERY } from '../customer-access.ts'
import { buildPhotoPath, PHOTO, toPhotoAnswer } from '../customer-view.ts'
import { addPhoto, checkTakesPhotos, removePhoto } from '../save-photo.ts'
import { servePhoto } from '../serve-photo.ts'
import { findPhoto, type SubmissionPhoto } from '../store/photos.ts'
import type { Submission } from '../store/submissions.ts'

const PHOTO_PARAMS = LINK_PARAMS.extend({ id: uuidInput() })

/** POST /api/submissions/:reference/photos: adds one photo. */
export const postPhoto = endpoint({
  method: 'post',
  path: '/submissions/:reference/photos',
  summary: 'Add a photo: JPEG, PNG, WebP or HEIC, at most 10 MB, 40 for each submission',
  access: customerAccess,
  params: LINK_PARAMS,
  query: LINK_QUERY,
  takesFile: true,
  status: 201,
  response: describeJson(
    'The photo was added, without metadata.',
    z.strictObject({ photo: PHOTO }),
  ),
  refusals: [400, 404, 409, 413, 415, 429],
  handler: ({ req, submission, token }) => {
    checkTakesPhotos(submission)
    return withReceivedFile(req, async ({ path }) => {
      const { photo } = await addPhoto(req, submission, path)
      const url = buildPhotoPath(submission.reference, token, photo.id)
      return { photo: toPhotoAnswer(photo, url) }
    })
  },
})

/** GET /api/submissions/:reference/photos/:id: a photo, for the customer. */
export const getPhoto = endpoint({
  method: 'get',
  path: '/submissions/:reference/photos/:id',
  summary: 'A photo of a submission, for the customer who has its link',
  access: customerAccess,
  params: PHOTO_PARAMS,
  query: LINK_QUERY,
  response: describeBytes('The photo, as JPEG or WebP.', 'image/*'),
  refusals: [400, 404, 429],
  handler: async ({ req, submission }, { params: { id } }) =>
    servePhoto(req, await requirePhoto(req, submission, id)),
})

/** DELETE /api/submissions/:reference/photos/:id: removes a photo. */
export const deletePhoto = endpoint({
  method: 'delete',
  path: '/submissions/:reference/photos/:id',
  summary: 'Remove a photo of a submission that is not decided yet',
  access: customerAccess,
  params: PHOTO_PARAMS,
  query: LINK_QUERY,
  response: describeJson('The photo was removed.', MESSAGE),
  refusals: [400, 404, 409, 429],
  handler: async ({ req, submission }, { params: { id } }) => {
    await removePhoto(req, submission, await requirePhoto(req, submission, id))
    return { message: 'The photo was removed.' }
  },
})

/** A photo of a submission. Throws a 404. */
export async function requirePhoto(
  req: PayloadRequest,
  { id }: Pick<Submission, 'id'>,
  photo: string,
): Promise<SubmissionPhoto> {
  const found = await findPhoto(getTransaction(req).db, id, photo)
  if (found) return found
  throw new APIError('This submission has no such photo.', 404, undefined, true)
}
