import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import { APIError, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeBytes, describeJson } from '../../api/openapi/operation.ts'
import { getTransaction } from '../../database/transaction.ts'
import { uuidInput } from '../../domain/input-schemas.ts'
import { ADF_TYPE, buildAdf } from '../../adf/build-adf.ts'
import { loadDealership } from '../../lot/store/dealership.ts'
import { buildSubmissionProspect } from '../build-prospect.ts'
import { createCustomerUrl } from '../customer-link.ts'
import { PHOTO, toPhotoAnswer } from '../customer-view.ts'
import { servePhoto } from '../serve-photo.ts'
import { FLAG, loadFlags } from '../store/flags.ts'
import { listPhotos } from '../store/photos.ts'
import { loadSubmission, raiseLinkVersion, type Submission } from '../store/submissions.ts'
import { requirePhoto } from './photos.ts'

const SUBMISSION_ID = z.object({ id: uuidInput() })

const NO_SUBMISSION = 'This submission does not exist.'

async function requireSubmission(req: PayloadRequest, id: string): Promise<Submission> {
  const submission = await loadSubmission(getTransaction(req).db, id)
  if (submission) return submission
  throw new APIError(NO_SUBMISSION, 404, undefined, true)
}

/** GET /api/pending-submissions/:id/flags: what we know of this VIN. */
export const getFlags = endpoint({
  method: 'get',
  path: '/:id/flags',
  summary: 'Whether the car of a submission is on the lot, was sold here, or is in a garage',
  access: callers.staff('submissions'),
  params: SUBMISSION_ID,
  response: describeJson('The flags.', z.strictObject({ flags: z.array(FLAG) })),
  refusals: [400, 401, 403, 404],
  load: async ({ req }, { id }) => ({ submission: await requireSubmission(req, id) }),
  handler: async ({ req, submission }) => ({ flags: await loadFlags(req, submission) }),
})

/** GET /api/pending-submissions/:id/photos: the private photos of a submission. */
export const listSubmissionPhotos = endpoint({
  method: 'get',
  path: '/:id/photos',
  summary: 'List the private photos of a submission',
  access: callers.staff('submissions'),
  params: SUBMISSION_ID,
  response: describeJson('The photos, in order.', z.strictObject({ photos: z.array(PHOTO) })),
  refusals: [400, 401, 403, 404],
  load: async ({ req }, { id }) => ({ submission: await requireSubmission(req, id) }),
  handler: async ({ req, submission: { id } }) => {
    const photos = await listPhotos(getTransaction(req).db, id)
    const base = `/api/pending-submissions/${id}/photos`
    return { photos: photos.map((photo) => toPhotoAnswer(photo, `${base}/${photo.id}`)) }
  },
})

/** GET /api/pending-submissions/:id/photos/:photo: one of them. */
export const getSubmissionPhoto = endpoint({
  method: 'get',
  path: '/:id/photos/:photo',
  summary: 'A private photo of a submission',
  access: callers.staff('submissions'),
  params: SUBMISSION_ID.extend({ photo: uuidInput() }),
  response: describeBytes('The photo, as JPEG or WebP.', 'image/*'),
  refusals: [400, 401, 403, 404],
  handler: async ({ req }, { params: { id, photo } }) =>
    servePhoto(req, await requirePhoto(req, { id }, photo)),
})

/** GET /api/pending-submissions/:id/adf: a submission for a CRM, as it is mailed to leads. */
export const getSubmissionAdf = endpoint({
  method: 'get',
  path: '/:id/adf',
  summary: 'Return a submission as ADF XML, which CRMs read',
  access: callers.managers('submissions'),
  params: SUBMISSION_ID,
  response: describeBytes('The lead, as ADF 1.0.', ADF_TYPE),
  refusals: [400, 401, 403, 404],
  load: async ({ req }, { id }) => ({ submission: await requireSubmission(req, id) }),
  handler: async ({ req, submission }) => {
    const { name: vendor } = await loadDealership(req)
    const xml = buildAdf({ ...buildSubmissionProspect(req, submission), vendor })
    return new Response(xml, { headers: { 'content-type': ADF_TYPE } })
  },
})

/** POST /api/pending-submissions/:id/new-link: revokes the links of the customer. */
export const renewLink = endpoint({
  method: 'post',
  path: '/:id/new-link',
  summary: 'Revoke every link of the customer, and return a new one',
  access: callers.managers('submissions'),
  params: SUBMISSION_ID,
  response: describeJson('The new link.', z.strictObject({ url: z.url() })),
  refusals: [400, 401, 403, 404],
  audit: { action: 'revoke_link', resourceType: 'pending-submissions' },
  handler: async ({ req, runAudited }, { params: { id } }) => {
    const submission = await runAudited(async (client) => {
      const value = await raiseLinkVersion(drizzle(client), id)
      if (!value) throw new APIError(NO_SUBMISSION, 404, undefined, true)
      return { value, resource: id, fields: {} }
    })
    return { url: await createCustomerUrl(req, submission) }
  },
})
