import type { CollectionConfig, Field } from 'payload'
import { requireOpenSubmission, stampAppraiser } from '../../hooks/lot/appraisal.ts'
import { permissions } from '../../src/access/permissions.ts'
import { belongsTo } from '../../src/fields/belongs-to.ts'
import { choice } from '../../src/fields/choice.ts'
import { instant } from '../../src/fields/instant.ts'
import { half, row, third } from '../../src/fields/layout.ts'
import { money } from '../../src/fields/money.ts'
import { textarea, text } from '../../src/fields/text.ts'
import {
  CONDITION_GRADES,
  CONDITION_PARTS,
  type ConditionPart,
  getNoteField,
  LISTED_PARTS,
} from '../../src/review/domain/condition.ts'

const byServer = { create: permissions.nobody, update: permissions.nobody }
const likeCost = { access: { read: permissions.canSeeCost } }
const stamped = { readOnly: true, access: byServer, ...half }

/** The grade of one part of the car, and a note about it. */
const buildPartRow = (part: ConditionPart): Field =>
  row(
    choice(part, 20, CONDITION_GRADES, {
      required: true,
      defaultValue: 'not_checked',
      label: CONDITION_PARTS[part],
      ...half,
    }),
    text(getNoteField(part), 500, { label: `${CONDITION_PARTS[part]}: note`, ...half }),
  )

/**
 * What a manager found when looking at a submitted car, and what we offer for it. One for each
 * submission, deleted with it; it does not change once the submission is decided.
 */
export const Appraisals: CollectionConfig = {
  slug: 'appraisals',
  dbName: 'appraisals',
  labels: { singular: 'Appraisal', plural: 'Appraisals' },
  admin: {
    group: 'Lot',
    useAsTitle: 'car',
    defaultColumns: ['submission', 'offer', 'reconditioning', 'payoff', 'appraisedBy'],
    listSearchableFields: ['notes'],
    description: 'What we found when looking at submitted cars, and what we offer.',
  },
  defaultSort: '-appraisedAt',
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.canManageLot,
    read: permissions.isStaff,
    update: permissions.canManageLot,
    delete: permissions.isStaffAdmin,
  },
  hooks: { beforeChange: [requireOpenSubmission, stampAppraiser] },
  fields: [
    {
      type: 'text',
      name: 'car',
      virtual: 'submission.vin',
      admin: { hidden: true, disableListColumn: true },
    },
    belongsTo('submission', 'pending-submissions', {
      required: true,
      unique: true,
      column: { onDelete: 'cascade' },
    }),
    ...LISTED_PARTS.map(buildPartRow),
    row(
      money('reconditioning', {
        label: 'Reconditioning estimate',
        description: 'What it costs to get the car ready for sale.',
        ...likeCost,
        ...third,
      }),
      money('payoff', {
        description: 'What is still to be paid on the customer’s loan.',
        ...likeCost,
        ...third,
      }),
      money('offer', {
        description: 'What we pay for the car. The payoff is taken from it.',
        ...likeCost,
        ...third,
      }),
    ),
    textarea('notes'),
    row(
      belongsTo('appraisedBy', 'users', {
        ...stamped,
        label: 'Appraised by',
        column: { name: 'appraised_by', onDelete: 'set null' },
      }),
      instant('appraisedAt', { ...stamped, label: 'Appraised' }),
    ),
  ],
  custom: {
    whenEmpty: 'An appraisal appears here when a manager fills in the sheet of a submission.',
  },
}
