import type { Plugin } from 'payload'
import { withTasks } from '../../jobs/index.ts'
import { withEndpoints } from '../api/with-endpoints.ts'
import { withTables } from '../database/with-tables.ts'
import type { Settings } from '../env.ts'
import { answerSubmission, getSubmission, withdrawOffer } from './endpoints/customer.ts'
import { sendForm, sendPhotoForm, showPage } from './endpoints/page.ts'
import { deletePhoto, getPhoto, postPhoto } from './endpoints/photos.ts'
import {
  getFlags,
  getSubmissionAdf,
  getSubmissionPhoto,
  listSubmissionPhotos,
  renewLink,
} from './endpoints/staff.ts'
import { submitCar } from './endpoints/submit.ts'
import { submissionTables } from './tables.ts'
import { pruneSubmissions } from './tasks/prune-submissions.ts'

/**
 * Customers offer us their cars under /api/submissions, and follow them by a signed link. What
 * staff see of it is under /api/pending-submissions/:id.
 */
export const submissionsPlugin =
  (settings: Settings): Plugin =>
  (config) => {
    const endpoints = [
      submitCar,
      getSubmission,
      answerSubmission,
      withdrawOffer,
      postPhoto,
      getPhoto,
      deletePhoto,
      showPage,
      sendForm,
      sendPhotoForm,
    ]
    const extended = withTasks(
      withEndpoints(config, endpoints, {
        'pending-submissions': [
          getFlags,
          listSubmissionPhotos,
          getSubmissionPhoto,
          getSubmissionAdf,
          renewLink,
        ],
      }),
      [pruneSubmissions(settings)],
    )
    return withTables(extended, submissionTables)
  }
