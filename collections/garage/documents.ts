import type { CollectionConfig, TextFieldSingleValidation } from 'payload'
import { returnToVehicle } from '../../hooks/garage/vehicle-trash.ts'
import { stampOwner } from '../../hooks/ownership/stamp-owner.ts'
import { stampTrash } from '../../hooks/ownership/trash.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { trashEndpoints } from '../../src/access/trash.ts'
import { calendarDay } from '../../src/fields/calendar-day.ts'
import { choice } from '../../src/fields/choice.ts'
import { half, row } from '../../src/fields/layout.ts'
import { json } from '../../src/fields/lists.ts'
import { bigNumber } from '../../src/fields/numbers.ts'
import { ownVehicle } from '../../src/fields/own-vehicle.ts'
import { ownerId } from '../../src/fields/owner-id.ts'
import { longText, text, yesNo } from '../../src/fields/text.ts'

const byServer = { create: permissions.nobody, update: permissions.nobody }
const ofTheFile = { access: byServer, readOnly: true, ...half }
const inStorage = { access: byServer, hidden: true }

const afterIssue: TextFieldSingleValidation = (expires, { siblingData }) => {
  const { issuedDate: issued } = siblingData as { issuedDate?: unknown }
  if (!expires || typeof issued !== 'string' || expires > issued) return true
  return `must be later than the day of issue, ${issued}, not ${expires}`
}

/** One paper of a vehicle: its insurance, registration or manual. Goes to the trash with its vehicle, and comes back with it. */
export const Documents: CollectionConfig = {
  slug: 'documents',
  dbName: 'documents',
  trash: true,
  admin: {
    group: 'Garage',
    useAsTitle: 'title',
    defaultColumns: ['title', 'documentType', 'vehicle', 'userId', 'expirationDate', 'emailNotifications'],
    listSearchableFields: ['title', 'fileName', 'notes'],
    description: 'Papers of the garage, and when they expire.',
  },
  defaultSort: '-createdAt',
  lockDocuments: false,
  access: {
    create: permissions.isOwnerOrAdmin,
    read: rules.ownRows,
    update: rules.ownRows,
    delete: rules.trashOwnRows,
  },
  hooks: { beforeValidate: [stampOwner], beforeChange: [stampTrash, returnToVehicle] },
  endpoints: trashEndpoints('documents'),
  fields: [
    ownerId(),
    ownVehicle(),
    row(
      text('title', 200, { required: true, ...half }),
      choice(
        'documentType',
        32,
        { insurance: 'Insurance', registration: 'Registration', manual: 'Manual' },
        { required: true, index: true, ...half },
      ),
    ),
    row(
      calendarDay('issuedDate', half),
      calendarDay('expirationDate', { index: true, ...half, validate: afterIssue, describe: 'Later than the day of issue.' }),
    ),
    yesNo('emailNotifications', { defaultValue: false, label: 'Tell the owner by mail before it expires' }),
    longText('notes'),
    json('details', { shape: 'object', most: 20_000, describe: 'What the paper says: policy number, company, …' }),
    row(text('fileName', 255, ofTheFile), text('contentType', 128, ofTheFile)),
    bigNumber('fileSize', { ...ofTheFile, describe: 'Bytes.' }),
    text('fileHash', 128, inStorage),
    text('storageBucket', 128, inStorage),
    text('storageKey', 512, inStorage),
    yesNo('trashedWithVehicle', { defaultValue: false, ...inStorage }),
  ],
  custom: {
    notYet: {
      words: 'Files cannot be attached to a document yet, and owners do not get an e-mail before one expires.',
      switches: ['emailNotifications', 'fileName', 'contentType', 'fileSize'],
    },
    table: { checks: [{ name: 'documents_expiry_check', holds: 'expiration_date > issued_date' }] },
  },
}
