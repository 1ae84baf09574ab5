import { z } from 'zod'
import type { Transaction } from '../database/transaction.ts'
import { listPermittedActions } from './domain/permitted.ts'
import { listPhotos, type SubmissionPhoto } from './store/photos.ts'
import type { Submission } from './store/submissions.ts'
import { SUBMISSION_STATUSES } from './domain/status.ts'

const TEXT = z.string().nullable()

/** A photo as a response names it. */
export const PHOTO = z.strictObject({
  id: z.guid(),
  position: z.number().int().describe('Its place in the order.'),
  contentType: z.string(),
  fileSize: z.number().int().describe('In bytes.'),
  url: z.string(),
})

/** What was offered, without who offers it. */
const OFFERED = z.object({
  vin: TEXT,
  year: z.number().int(),
  make: z.string(),
  model: z.string(),
  trim: TEXT,
  mileage: z.number().int().nullable().describe('In miles.'),
  askingPrice: z.number().nullable(),
  condition: TEXT,
  transmission: TEXT,
  fuelType: TEXT,
  exteriorColor: TEXT,
  interiorColor: TEXT,
  additionalNotes: TEXT,
})

/** A submission as its customer sees it. */
export const CUSTOMER_VIEW = z.strictObject({
  reference: z.string(),
  status: z.enum(Object.keys(SUBMISSION_STATUSES) as [Submission['status']]),
  submittedAt: z.iso.datetime().nullable(),
  offer: OFFERED,
  question: TEXT.describe('What we want to know; null unless the status is info_wanted.'),
  answer: TEXT.describe('The latest answer.'),
  reason: TEXT.describe('Why it was rejected; null unless it was.'),
  photos: z.array(PHOTO),
  actions: z.strictObject({
    addPhotos: z.boolean(),
    removePhotos: z.boolean(),
    answer: z.boolean(),
    withdraw: z.boolean(),
  }),
})
export type CustomerView = z.output<typeof CUSTOMER_VIEW>

/** Builds the view of a submission with its photos. The token of the link opens the photos. */
export async function loadCustomerView(
  db: Transaction['db'],
  submission: Submission,
  token: string,
): Promise<CustomerView> {
  const { id, reference, status, submittedAt } = submission
  const photos = await listPhotos(db, id)
  return {
    reference,
    status,
    submittedAt: submittedAt?.toISOString() ?? null,
    offer: OFFERED.parse(submission),
    question: status === 'info_wanted' ? submission.question : null,
    answer: submission.answer,
    reason: status === 'rejected' ? submission.rejectionReason : null,
    photos: photos.map((photo) => toPhotoAnswer(photo, buildPhotoPath(reference, token, photo.id))),
    actions: listPermittedActions(status, photos.length),
  }
}

/** A photo as a response names it, with where it is. */
export const toPhotoAnswer = (
  { id, position, contentType, fileSize }: SubmissionPhoto,
  url: string,
): z.output<typeof PHOTO> => ({ id, position, contentType, fileSize, url })

/** Where the customer sees a photo. */
export const buildPhotoPath = (reference: string, token: string, id: string): string =>
  `/api/submissions/${reference}/photos/${id}?token=${token}`
