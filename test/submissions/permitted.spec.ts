import { describe, expect, it } from '@jest/globals'
import {
  listPermittedActions,
  MAX_PHOTOS,
  PHOTO_BYTES,
  takesPhotos,
} from '../../src/submissions/domain/permitted.ts'
import { SUBMISSION_STATUSES, type SubmissionStatus } from '../../src/submissions/domain/status.ts'

const STATUSES = Object.keys(SUBMISSION_STATUSES) as SubmissionStatus[]
const allowing = (action: 'addPhotos' | 'removePhotos' | 'answer' | 'withdraw') =>
  STATUSES.filter((status) => listPermittedActions(status, 0)[action])

describe('what a customer can do', () => {
  it('depends on the status', () => {
    expect(allowing('addPhotos')).toEqual(['pending', 'info_wanted'])
    expect(allowing('removePhotos')).toEqual(['pending', 'in_review', 'info_wanted'])
    expect(allowing('withdraw')).toEqual(['pending', 'in_review', 'info_wanted'])
    expect(allowing('answer')).toEqual(['info_wanted'])
    expect(STATUSES.filter(takesPhotos)).toEqual(allowing('addPhotos'))
  })

  it('is no longer to add photos when there are forty', () => {
    expect(listPermittedActions('pending', MAX_PHOTOS - 1).addPhotos).toBe(true)
    expect(listPermittedActions('pending', MAX_PHOTOS)).toMatchObject({
      addPhotos: false,
      removePhotos: true,
    })
    expect([MAX_PHOTOS, PHOTO_BYTES]).toEqual([40, 10_000_000])
  })
})
