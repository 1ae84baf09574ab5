import type { CollectionConfig } from 'payload'
import { enforceUniqueSubmission } from '../../hooks/lot/submission.ts'
import { normalizeVin, recheckVin, warnAboutVin } from '../../hooks/vin/check-vin.ts'
import { permissions } from '../../src/access/permissions.ts'
import { belongsTo } from '../../src/fields/belongs-to.ts'
import { choice } from '../../src/fields/choice.ts'
import { instant } from '../../src/fields/instant.ts'
import { row, third } from '../../src/fields/layout.ts'
import { money } from '../../src/fields/money.ts'
import { modelYear } from '../../src/fields/model-year.ts'
import { wholeNumber } from '../../src/fields/numbers.ts'
import { photos } from '../../src/fields/photos.ts'
import { emailAddress, textarea, text } from '../../src/fields/text.ts'
import { confirmVin, vin } from '../../src/fields/vin.ts'

const byServer = { create: permissions.nobody, update: permissions.nobody }

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
      'askingPrice',
      'submissionStatus',
      'submittedAt',
    ],
    description: 'Cars that customers offer to sell to us.',
  },
  defaultSort: '-submittedAt',
  lockDocuments: false,
  access: {
    create: permissions.canManageLot,
    read: permissions.isStaff,
    update: permissions.canManageLot,
    delete: permissions.isStaffAdmin,
  },
  hooks: {
    beforeValidate: [normalizeVin],
    beforeChange: [recheckVin, enforceUniqueSubmission, warnAboutVin],
  },
  fields: [
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
    photos(),
    choice(
      'submissionStatus',
      20,
      { pending: 'Pending', approved: 'Approved', rejected: 'Rejected' },
      {
        defaultValue: 'pending',
        required: true,
        access: byServer,
        admin: { position: 'sidebar' },
      },
    ),
    instant('submittedAt', {
      readOnly: true,
      access: byServer,
      column: { defaultNow: true },
      admin: { position: 'sidebar' },
    }),
    instant('reviewedAt', { readOnly: true, access: byServer, admin: { position: 'sidebar' } }),
    belongsTo('reviewedBy', 'users', {
      readOnly: true,
      access: byServer,
      column: { name: 'reviewed_by' },
      admin: { position: 'sidebar' },
    }),
    textarea('rejectionReason', {
      access: byServer,
      admin: { position: 'sidebar', readOnly: true },
    }),
  ],
  custom: {
    notYet: {
      words:
        'You cannot approve or reject submissions here yet. To sell a submitted car, add ' +
        'it under Inventory.',
      switches: ['submissionStatus', 'reviewedAt', 'reviewedBy', 'rejectionReason'],
    },
    copies: { vin: null },
    table: {
      indexes: [
        {
          name: 'pending_submissions_open_vin_idx',
          on: 'vin',
          unique: true,
          where: "submission_status <> 'rejected'",
        },
      ],
    },
  },
}
