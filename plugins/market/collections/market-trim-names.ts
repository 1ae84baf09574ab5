import {
  type CollectionBeforeChangeHook,
  type CollectionConfig,
  type PayloadRequest,
  ValidationError,
} from 'payload'
import { z } from 'zod'
import { permissions } from '../../../src/access/permissions.ts'
import { half, row } from '../../../src/fields/layout.ts'
import { text } from '../../../src/fields/text.ts'
import { isSameName, normalizeName } from '../domain/listing.ts'
import { loadTrimNames } from '../store/trim-names.ts'

const NAMES = ['make', 'listedAs', 'trim'] as const
const ROW = z.object({
  make: z.string(),
  model: z.string().nullish(),
  listedAs: z.string(),
  trim: z.string(),
})

/**
 * Refuses names without a letter or digit, which match nothing, and a second row of one name, which
 * would have no effect. Values of other types are left to the fields, which are checked next.
 */
const checkName: CollectionBeforeChangeHook = async ({ data, originalDoc, req }) => {
  const { data: row } = ROW.safeParse({ ...originalDoc, ...data })
  if (!row) return data
  const empty = NAMES.find((name) => normalizeName(row[name]) === '')
  if (empty) throw createError(req, empty, 'must contain a letter or a digit')
  const model = normalizeName(row.model ?? '')
  const duplicate = (await loadTrimNames(req, row.make)).find(
    (other) =>
      other.id !== originalDoc?.id &&
      normalizeName(other.model ?? '') === model &&
      isSameName(other.listedAs, row.listedAs),
  )
  if (!duplicate) return data
  throw createError(
    req,
    'listedAs',
    `is in the table already: ${duplicate.listedAs} is ${duplicate.trim}. Change that row`,
  )
}

const createError = (req: PayloadRequest, path: string, message: string) =>
  new ValidationError({ collection: 'market-trim-names', errors: [{ path, message }] }, req.t)

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
  hooks: { beforeChange: [checkName] },
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
