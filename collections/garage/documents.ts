import type { CollectionConfig, TextFieldSingleValidation } from 'payload'
import { normalizeDetails } from '../../hooks/garage/document-details.ts'
import { checkDocumentRestore } from '../../hooks/garage/vehicle-trash.ts'
import { checkGuest, checkGuestOfDeletion, stampGuest } from '../../hooks/ownership/guests.ts'
import { stampOwner } from '../../hooks/ownership/stamp-owner.ts'
import { stampDeletedAt } from '../../hooks/ownership/trash.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { buildTrashEndpoints } from '../../src/api/trash/trash.ts'
import { calendarDay } from '../../src/fields/calendar-day.ts'
import { choice } from '../../src/fields/choice.ts'
import { attachedFiles, documentDetails } from '../../src/fields/garage-screens.ts'
import { half, row } from '../../src/fields/layout.ts'
import { json } from '../../src/fields/lists.ts'
import { bigNumber } from '../../src/fields/numbers.ts'
import { ownVehicle } from '../../src/fields/own-vehicle.ts'
import { ownerId } from '../../src/fields/owner-id.ts'
import { textarea, text, checkbox } from '../../src/fields/text.ts'
import { writtenBy } from '../../src/fields/written-by.ts'

const byServer = { create: permissions.nobody, update: permissions.nobody }
const storageField = { access: byServer, hidden: true }

const isAfterIssue: TextFieldSingleValidation = (expires, { siblingData }) => {
  const { issuedDate: issued } = siblingData as { issuedDate?: unknown }
  if (!expires || typeof issued !== 'string' || expires > issued) return true
  return `must be later than the issue date, ${issued}, not ${expires}`
}

/**
 * One document of a vehicle: its insurance, registration, or manual. Moves to the trash with its
 * vehicle and is restored with it.
 */
export const Documents: CollectionConfig = {
  slug: 'documents',
  dbName: 'documents',
  trash: true,
  admin: {
    group: 'Garage',
    useAsTitle: 'title',
    defaultColumns: [
      'title',
      'documentType',
      'vehicle',
      'userId',
      'expirationDate',
      'emailNotifications',
    ],
    listSearchableFields: ['title', 'fileName', 'notes'],
    description: 'Vehicle documents, and when they expire.',
  },
  defaultSort: '-createdAt',
  lockDocuments: false,
  access: {
    create: permissions.isOwnerOrAdmin,
    read: rules.readDocuments,
    update: rules.writeDocuments,
    delete: rules.trashOwnRows,
  },
  hooks: {
    beforeValidate: [stampOwner, stampGuest, normalizeDetails],
    beforeChange: [checkGuest, stampDeletedAt, checkDocumentRestore],
    beforeDelete: [checkGuestOfDeletion],
  },
  endpoints: buildTrashEndpoints('documents'),
  fields: [
    ownerId(),
    ownVehicle(),
    row(
      text('title', 200, { required: true, ...half }),
      choice(
        'documentType',
        32,
        { insurance: 'Insurance', registration: 'Registration', manual: 'Manual' },
        { required: true, index: true, label: 'Document type', ...half },
      ),
    ),
    row(
      calendarDay('issuedDate', { label: 'Issue date', ...half }),
      calendarDay('expirationDate', {
        index: true,
        label: 'Expiration date',
        ...half,
        validate: isAfterIssue,
        description: 'Must be later than the issue date.',
      }),
    ),
    checkbox('emailNotifications', {
      defaultValue: false,
      label: 'E-mail the owner before it expires',
    }),
    textarea('notes'),
    json('details', {
      shape: 'object',
      max: 20_000,
      admin: documentDetails,
    }),
    attachedFiles,
    text('fileName', 255, storageField),
    text('contentType', 128, storageField),
    bigNumber('fileSize', { ...storageField, description: 'Bytes.' }),
    text('fileHash', 128, storageField),
    text('storageBucket', 128, storageField),
    text('storageKey', 512, storageField),
    checkbox('trashedWithVehicle', { defaultValue: false, ...storageField }),
    writtenBy(),
  ],
  custom: {
    copies: {
      fileName: null,
      contentType: null,
      fileSize: null,
      fileHash: null,
      storageBucket: null,
      storageKey: null,
    },
    notYet: {
      words: 'Owners do not get an e-mail before a document expires yet.',
      switches: ['emailNotifications'],
    },
    table: { checks: [{ name: 'documents_expiry_check', holds: 'expiration_date > issued_date' }] },
  },
}
