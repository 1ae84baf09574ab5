import { buffer } from 'node:stream/consumers'
import type { PayloadRequest } from 'payload'
import { getTransaction } from '../database/transaction.ts'
import { buildPhotoUrl } from '../domain/photo-url.ts'
import { formatVehicleTitle } from '../domain/vehicle-title.ts'
import { buildFileKey } from '../owners/files.ts'
import { getService } from '../services.ts'
import { undoFiles } from '../uploads/stored-files.ts'
import { listPhotos, PHOTO_BUCKET, type SubmissionPhoto } from './store/photos.ts'
import { loadSubmission } from './store/submissions.ts'

/**
 * Makes media of the private photos of a submission, in the transaction of the request, and returns
 * their addresses in order, for the `images` of a car. The private ones stay. A photo whose bytes
 * are missing in the storage is left out, and logged. Run the transaction in `withPublishedPhotos`,
 * which removes the files again if it is rolled back with a refusal; after another error, the sweep
 * does.
 */
export async function publishSubmissionPhotos(
  req: PayloadRequest,
  submissionId: string,
): Promise<string[]> {
  const { db } = getTransaction(req)
  const submission = await loadSubmission(db, submissionId)
  if (!submission) return []
  const { year, make, model } = submission
  const alt = formatVehicleTitle({ year, make, model })
  const urls: string[] = []
  for (const photo of await listPhotos(db, submissionId)) {
    const data = await readPhoto(req, photo)
    if (data) urls.push(await publishPhoto(req, { photo, data, alt }))
  }
  return urls
}

/**
 * Runs the work that publishes photos: if it fails, and its transaction is not committed, the files
 * are removed that it wrote.
 */
export async function withPublishedPhotos<Value>(
  req: PayloadRequest,
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    await undoFiles(req, error)
    throw error
  }
}

async function readPhoto(
  req: PayloadRequest,
  { id, storageKey }: SubmissionPhoto,
): Promise<Buffer | null> {
  const { owners } = getService(req.payload, 'storages')
  const file = await owners.open(buildFileKey({ bucket: PHOTO_BUCKET, key: storageKey }))
  if (file) return buffer(file.stream)
  req.payload.logger.error(`Photo ${id} of a submission is missing in the ${owners.label}.`)
  return null
}

type PublishedPhoto = {
  photo: SubmissionPhoto
  data: Buffer
  alt: string
}

async function publishPhoto(
  req: PayloadRequest,
  { photo: { contentType, storageKey }, data, alt }: PublishedPhoto,
): Promise<string> {
  const file = { data, mimetype: contentType, name: storageKey, size: data.byteLength }
  try {
    const { filename } = await req.payload.create({
      collection: 'media',
      data: { alt },
      file,
      depth: 0,
      overrideAccess: true,
      req,
    })
    return buildPhotoUrl(req.payload.config.serverURL, filename ?? '')
  } finally {
    delete req.file
    delete req.payloadUploadSizes
  }
}
