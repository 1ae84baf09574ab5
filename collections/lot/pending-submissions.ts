import type { CollectionConfig } from 'payload'
import {
  assignReference,
  enforceUniqueSubmission,
  OPEN_SUBMISSIONS,
} from '../../hooks/lot/submission.ts'
import { normalizeVin, recheckVin, warnAboutVin } from '../../hooks/vin/check-vin.ts'
import { normalizeSpelling } from '../../hooks/lot/spelling.ts'
import { permissions } from '../../src/access/permissions.ts'
import { belongsTo } from '../../src/fields/belongs-to.ts'
import { choice } from '../../src/fields/choice.ts'
import { instant } from '../../src/fields/instant.ts'
import { row, third } from '../../src/fields/layout.ts'
import { sharedHistory } from '../../src/fields/lot-screens.ts'
import { money } from '../../src/fields/money.ts'
import { modelYear } from '../../src/fields/model-year.ts'
import { wholeNumber } from '../../src/fields/numbers.ts'
import { photos } from '../../src/fields/photos.ts'
import {
  inReview,
  stageCell,
  submissionAppraisal,
  submissionReview,
  waitingCell,
} from '../../src/fields/review-screens.ts'
import { emailAddress, textarea, text } from '../../src/fields/text.ts'
import { confirmVin, vin } from '../../src/fields/vin.ts'
import { approveSubmission } from '../../src/review/endpoints/approve.ts'
import { assignSubmission } from '../../src/review/endpoints/assign.ts'
import { getReview } from '../../src/review/endpoints/review.ts'
import { askCustomer, rejectSubmission, startReview } from '../../src/review/endpoints/steps.ts'
import { SUBMISSION_STATUSES } from '../../src/submissions/domain/status.ts'

const byServer = { create: permissions.nobody, update: permissions.nobody }
/** For what links a submission to an owner of the garage: staff see the customer alone. */
const noAccess = { ...byServer, read: permissions.nobody }

/**
 * One car that a customer offers for sale. Visible to staff only; nothing is public until a car on
 * the lot is created from it.
 */
export const PendingSubmissions: CollectionConfig = {
  slug: 'pending-submissions',
  dbName: 'pending_submissions',
  labels: { singular: 'Submission', plural: 'Submissions' },
  admin: {
    group: 'Lot',
    useAsTitle: 'vin',
    defaultColumns: [
      'vin',
      'year',
      'make',
      'model',
      'submissionStatus',
      'waitingSinceAt',
      'assignee',
    ],
    components: { beforeListTable: ['/src/admin/review/stage-filters.tsx#StageFilters'] },
    description: 'Cars that customers offer to sell to us. Those who wait for us come first.',
  },
  defaultSort: ['waitingSinceAt', '-submittedAt'],
  lockDocuments: false,
  access: {
    create: permissions.canManageLot,
    read: permissions.isStaff,
    update: permissions.canManageLot,
    delete: permissions.isStaffAdmin,
  },
  hooks: {
    beforeValidate: [normalizeVin, normalizeSpelling],
    beforeChange: [recheckVin, enforceUniqueSubmission, warnAboutVin, assignReference],
  },
  endpoints: [
    getReview,
    startReview,
    askCustomer,
    approveSubmission,
    rejectSubmission,
    assignSubmission,
  ],
  fields: [
    submissionReview,
    submissionAppraisal,
    row(
      modelYear({ required: true, ...third }),
      text('make', 100, { required: true, ...third }),
      text('model', 100, { required: true, ...third }),
    ),
    row(
      text('trim', 100, third),
      vin(third),
      wholeNumber('mileage', { min: 1, ...third, description: 'Odometer reading, in miles.' }),
    ),
    confirmVin(),
    row(
      money('askingPrice', {
        ...third,
        description: 'The customer’s asking price.',
      }),
      text('condition', 50, third),
      text('transmission', 50, third),
    ),
    row(
      text('fuelType', 50, third),
      text('exteriorColor', 100, third),
      text('interiorColor', 100, third),
    ),
    row(
      text('customerName', 255, third),
      emailAddress('customerEmail', third),
      text('customerPhone', 50, third),
    ),
    textarea('additionalNotes', { description: 'The customer’s notes.' }),
    photos({
      label: 'More photos',
      description: 'Photos that we add. The customer’s own are shown above.',
    }),
    choice('submissionStatus', 20, SUBMISSION_STATUSES, {
      defaultValue: 'pending',
      required: true,
      access: byServer,
      readOnly: true,
      admin: stageCell,
    }),
    instant('submittedAt', {
      readOnly: true,
      access: byServer,
      column: { defaultNow: true },
      admin: inReview,
    }),
    instant('reviewedAt', { readOnly: true, access: byServer, admin: inReview }),
    belongsTo('reviewedBy', 'users', {
      readOnly: true,
      access: byServer,
      column: { name: 'reviewed_by' },
      admin: inReview,
    }),
    textarea('rejectionReason', {
      access: byServer,
      admin: { ...inReview, readOnly: true },
    }),
    text('reference', 20, {
      unique: true,
      readOnly: true,
      access: byServer,
      description: 'What the customer calls this submission, such as FC-7K3M-9QXT.',
      admin: inReview,
    }),
    textarea('question', {
      access: byServer,
      description: 'What we asked the customer.',
      admin: { ...inReview, readOnly: true },
    }),
    textarea('answer', {
      access: byServer,
      description: 'The customer’s answer to the latest question.',
      admin: { ...inReview, readOnly: true },
    }),
    wholeNumber('linkVersion', {
      min: 1,
      defaultValue: 1,
      hidden: true,
      access: byServer,
    }),
    instant('linkOpenedAt', { readOnly: true, access: byServer, admin: inReview }),
    sharedHistory,
    text('historyHead', 64, { hidden: true, access: byServer }),
    belongsTo('vehicle', 'vehicles', {
      hidden: true,
      index: true,
      access: noAccess,
      column: { onDelete: 'set null' },
    }),
    text('ownerId', 255, { hidden: true, index: true, access: noAccess }),
    belongsTo('assignee', 'users', {
      readOnly: true,
      access: byServer,
      description: 'Who reviews it.',
      column: { onDelete: 'set null' },
      admin: inReview,
    }),
    instant('stageChangedAt', {
      readOnly: true,
      access: byServer,
      label: 'In this stage since',
      column: { defaultNow: true },
      admin: inReview,
    }),
    instant('waitingSinceAt', {
      readOnly: true,
      access: byServer,
      label: 'Waiting since',
      description: 'Since when the customer has waited for us; empty while we wait for them.',
      admin: waitingCell,
    }),
  ],
  custom: {
    copies: {
      vin: null,
      reference: null,
      question: null,
      answer: null,
      linkVersion: 1,
      linkOpenedAt: null,
      historyHead: null,
      vehicle: null,
      ownerId: null,
    },
    table: {
      indexes: [
        {
          name: 'pending_submissions_open_vin_idx',
          on: 'vin',
          unique: true,
          where: OPEN_SUBMISSIONS,
        },
        {
          name: 'pending_submissions_waiting_idx',
          on: 'waiting_since_at, submitted_at DESC',
        },
      ],
    },
  },
}
