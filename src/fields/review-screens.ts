import type { UIField } from 'payload'

const buildPart = (name: string, component: string): UIField => ({
  type: 'ui',
  name,
  admin: {
    disableListColumn: true,
    components: { Field: `/src/admin/review/${component}` },
  },
})

/** Leads the screen of a submission: its stage, what can be done, and the customer's photos. */
export const submissionReview = buildPart('review', 'submission-review.tsx#SubmissionReview')

/** The appraisal sheet of a submission, in its form. */
export const submissionAppraisal = buildPart(
  'appraisal',
  'submission-appraisal.tsx#SubmissionAppraisal',
)

/** Lists what a staff member reviewed, entered and changed, in their form. */
export const staffWork = buildPart('work', 'staff-work.tsx#StaffWork')

const NOT_SHOWN = '/src/admin/review/not-shown.tsx#NotShown'

/**
 * What the server sets in a submission: columns of the list and fields of the API. The form leaves
 * them out, because the review above it shows them.
 */
export const inReview = { components: { Field: NOT_SHOWN } } as const

const buildCell = (component: string) => ({
  components: { Field: NOT_SHOWN, Cell: `/src/admin/review/${component}` },
})

/** The same for fields that lists show in their own way. */
export const stageCell = buildCell('stage-cell.tsx#StageCell')
export const waitingCell = buildCell('waiting-cell.tsx#WaitingCell')
