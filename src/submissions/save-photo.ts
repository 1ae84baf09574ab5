import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { APIError, type PayloadRequest } from 'payload'
import type { Transaction } from '../database/transaction.ts'
import type { Preview } from '../documents/adapters/decode-image.ts'
import { IMAGE_TYPE_NAMES } from '../documents/domain/file-types.ts'
import { inspectFile } from '../documents/inspect-file.ts'
import { buildFileKey } from '../owners/files.ts'
import { runInTransaction } from '../owners/run-in-transaction.ts'
import { getService } from '../services.ts'
import { BodyError } from '../uploads/body-error.ts'
import { formatSize } from '../uploads/body-limits.ts'
import { mayBeCommitted } from '../uploads/stored-files.ts'
import { MAX_PHOTOS, PHOTO_BYTES, takesPhotos } from './domain/permitted.ts'
import { isOpenStatus } from './domain/status.ts'
import {
  deletePhoto,
  insertPhoto,
  listPhotos,
  PHOTO_BUCKET,
  type SubmissionPhoto,
} from './store/photos.ts'
import { lockSubmission, type Submission } from './store/submissions.ts'

/** The photo of an upload, and whether it was added now. */
type AddedPhoto = { photo: SubmissionPhoto; isNew: boolean }

/**
 * Adds a received file to the photos of a submission: encoded again, without metadata. The same
 * file is stored once: a repeated upload returns the photo that is there. Throws a 409 if no more
 * photos are taken, a 413, and a 415 for what is not a picture.
 */
export async function addPhoto(
  req: PayloadRequest,
  submission: Submission,
  path: string,
): Promise<AddedPhoto> {
  if ((await stat(path)).size > PHOTO_BYTES) throw new BodyError(413, TOO_LARGE)
  const { preview, hash } = await inspectFile(req, path, IMAGE_TYPE_NAMES)
  if (!preview) throw new APIError(NOT_A_PICTURE, 415, undefined, true)
  const storageKey = await storePhoto(req, preview)
  try {
    const added = await runInTransaction(req, (db) =>
      insertOnce(db, submission, { preview, hash, storageKey }),
    )
    if (!added.isNew) await removePhotoFile(req, storageKey)
    return added
  } catch (error) {
    if (!mayBeCommitted(error)) await removePhotoFile(req, storageKey)
    throw error
  }
}

type StoredPhoto = {
  preview: Preview
  hash: string
  storageKey: string
}

async function insertOnce(
  db: Transaction['db'],
  { id }: Submission,
  { preview, hash, storageKey }: StoredPhoto,
): Promise<AddedPhoto> {
  const submission = await lockSubmission(db, id)
  checkTakesPhotos(submission)
  const photos = await listPhotos(db, id)
  const known = photos.find(({ fileHash }) => fileHash === hash)
  if (known) return { photo: known, isNew: false }
  if (photos.length >= MAX_PHOTOS) throw new APIError(TOO_MANY, 409, undefined, true)
  const photo = await insertPhoto(db, id, {
    contentType: preview.extension === 'jpg' ? 'image/jpeg' : 'image/webp',
    fileSize: preview.bytes.byteLength,
    fileHash: hash,
    storageKey,
    inAnswer: submission?.status === 'info_wanted',
  })
  return { photo, isNew: true }
}

/** Throws a 409 if a submission takes no photos now. */
export function checkTakesPhotos(submission: Pick<Submission, 'status'> | null): void {
  if (submission && takesPhotos(submission.status)) return
  throw new APIError(NO_PHOTOS_NOW, 409, undefined, true)
}

/** Removes a photo and its bytes. Throws a 404, and a 409 once the submission is decided. */
export async function removePhoto(
  req: PayloadRequest,
  { id }: Submission,
  photo: SubmissionPhoto,
): Promise<void> {
  await runInTransaction(req, async (db) => {
    const submission = await lockSubmission(db, id)
    if (!isOpenStatus(submission?.status)) throw new APIError(DECIDED, 409, undefined, true)
    if (!(await deletePhoto(db, id, photo.id))) throw new APIError(GONE, 404, undefined, true)
  })
  await removePhotoFile(req, photo.storageKey)
}

const TOO_LARGE = `The photo is too large: the limit is ${formatSize(PHOTO_BYTES)}.`
const NOT_A_PICTURE = `The file is not a picture. Send a ${IMAGE_TYPE_NAMES} file.`
const TOO_MANY = `A submission has at most ${MAX_PHOTOS} photos. Remove one first.`
const NO_PHOTOS_NOW =
  'Photos can be added until the review begins, and whenever we ask for more. Right now we need ' +
  'none.'
const DECIDED = 'This submission is closed, so its photos stay as they are.'
const GONE = 'This photo was already removed.'

async function storePhoto(req: PayloadRequest, { bytes, extension }: Preview): Promise<string> {
  const key = `${randomUUID()}.${extension}`
  await getService(req.payload, 'storages').owners.put(toFileKey(key), bytes)
  return key
}

/** Removes bytes that no row names any more. If that fails, the sweep does it later. */
async function removePhotoFile(req: PayloadRequest, key: string): Promise<void> {
  const { owners } = getService(req.payload, 'storages')
  await owners.remove(toFileKey(key)).catch((err: unknown) => {
    const msg =
      `The photo ${key} could not be removed from the ${owners.label} now. The task sweep-files ` +
      'will remove it.'
    req.payload.logger.warn({ err, msg })
  })
}

const toFileKey = (key: string) => buildFileKey({ bucket: PHOTO_BUCKET, key })
