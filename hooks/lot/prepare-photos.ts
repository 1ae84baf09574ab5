import type { CollectionAfterChangeHook } from 'payload'
import { enqueueJob } from '../../src/enqueue.ts'

/** Queues the sizes of a new photo, in the transaction that stores it. */
export const queuePhotoSizes: CollectionAfterChangeHook = async ({ doc, operation, req }) => {
  if (operation === 'create') await enqueueJob(req, 'make-photo-sizes', { photo: doc.id })
}

/** The fields of a car that its banner depends on. */
const SHOWN = [
  'status',
  'price',
  'images',
  'highlight',
  'owners',
  'titleStatus',
  'accidents',
  'serviceRecords',
] as const

type Row = Readonly<Record<string, unknown>>

/**
 * Queues the banner of a car when something that it shows has changed, in the transaction of the
 * change. `doc` contains only the selected fields.
 */
export const queueBanner: CollectionAfterChangeHook = async ({ data, doc, previousDoc, req }) => {
  const now: Row = { ...data, ...doc }
  const before: Row = previousDoc ?? {}
  const isSame = SHOWN.every((name) => !(name in now) || isEqual(now[name], before[name]))
  if (!isSame && mayHaveBanner(now, before)) await enqueueJob(req, 'make-banner', { car: doc.id })
}

/** Whether a car has a banner before or after a change: it is available and has a photo. */
const mayHaveBanner = (...rows: readonly Row[]): boolean =>
  rows.some(
    ({ status, images }) => status === 'available' && Array.isArray(images) && images.length > 0,
  )

const isEqual = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
