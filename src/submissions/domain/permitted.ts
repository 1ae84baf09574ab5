import { canStep, isOpenStatus, type SubmissionStatus } from './status.ts'

/** How many photos a submission may have, and the maximum size of each file in bytes. */
export const MAX_PHOTOS = 40
export const PHOTO_BYTES = 10_000_000

/** What the customer of a submission can do now. */
export type PermittedActions = {
  addPhotos: boolean
  removePhotos: boolean
  answer: boolean
  withdraw: boolean
}

/**
 * What the customer can do in a status: photos are added before the review begins, and when we
 * asked; they are removed until the decision.
 */
export const listPermittedActions = (
  status: SubmissionStatus,
  photos: number,
): PermittedActions => ({
  addPhotos: takesPhotos(status) && photos < MAX_PHOTOS,
  removePhotos: isOpenStatus(status),
  answer: status === 'info_wanted',
  withdraw: canStep(status, 'withdrawn'),
})

/** Whether photos can be added in a status. */
export const takesPhotos = (status: SubmissionStatus): boolean =>
  status === 'pending' || status === 'info_wanted'
