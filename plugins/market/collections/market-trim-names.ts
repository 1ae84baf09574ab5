import type { CollectionConfig } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { half, row } from '../../../src/fields/layout.ts'
import { text } from '../../../src/fields/text.ts'

/**
 * One name under which sellers list a trim: `XLT SuperCrew` of a Ford F-150 is an `XLT`. Extends
 * the general rules of domain/trim.ts. Changes apply from the next analysis on.
 */
export const TrimNames: CollectionConfig = {
  slug: 'market-trim-names',
  dbName: 'market_trim_names',
  labels: { singular: 'Trim name', plural: 'Trim names' },
  admin: {
    group: 'Market',
    useAsTitle: 'listedAs',
    defaultColumns: ['make', 'model', 'listedAs', 'trim'],
    listSearchableFields: ['make', 'model', 'listedAs', 'trim'],
    description:
      'Names under which sellers list a trim. Words for the body, the cab, the engine and the ' +
      'drivetrain, such as SuperCrew or AWD, are already ignored.',
  },
  defaultSort: 'make',
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.isStaffAdmin,
    read: permissions.isStaff,
    update: permissions.isStaffAdmin,
    delete: permissions.isStaffAdmin,
  },
  fields: [
    row(
      text('make', 100, { required: true, ...half }),
      text('model', 100, { ...half, description: 'Leave it empty for all models of the make.' }),
    ),
    row(
      text('listedAs', 100, {
        required: true,
        label: 'Listed as',
        description: 'Case, spaces and punctuation do not matter.',
        ...half,
      }),
      text('trim', 100, {
        required: true,
        description: 'The trim that it is, such as XLT.',
        ...half,
      }),
    ),
  ],
  custom: {
    whenEmpty:
      'If the market treats two names of one trim as different trims, an admin can add a row here.',
  },
}
