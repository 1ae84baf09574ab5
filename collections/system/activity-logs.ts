import type { CollectionConfig } from 'payload'
import { permissions } from '../../src/access/permissions.ts'
import { belongsTo } from '../../src/fields/belongs-to.ts'
import { instant } from '../../src/fields/instant.ts'
import { row, third } from '../../src/fields/layout.ts'
import { json } from '../../src/fields/lists.ts'
import { untypedReference, text } from '../../src/fields/text.ts'
import { diffAdmin, originFields } from '../../src/fields/audit-entry.ts'

/**
 * One action of a staff member: done, attempted, or denied. Written by hooks/audit in the
 * transaction of the change. Append-only, enforced by a database trigger.
 */
export const ActivityLogs: CollectionConfig = {
  slug: 'activity-logs',
  dbName: 'activity_logs',
  labels: { singular: 'Activity', plural: 'Activity' },
  admin: {
    group: 'System',
    useAsTitle: 'action',
    defaultColumns: [
      'createdAt',
      'user',
      'action',
      'resourceType',
      'resourceId',
      'resourceKey',
      'ipAddress',
    ],
    listSearchableFields: ['action', 'resourceType', 'resourceKey', 'requestId'],
    description: 'What staff members did, and when. Entries cannot be changed or deleted.',
    pagination: { defaultLimit: 50, limits: [25, 50, 100] },
  },
  defaultSort: '-createdAt',
  timestamps: false,
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.nobody,
    read: permissions.isStaffAdmin,
    update: permissions.nobody,
    delete: permissions.nobody,
  },
  fields: [
    row(
      instant('createdAt', {
        label: 'When',
        index: true,
        readOnly: true,
        ...third,
        column: { defaultNow: true },
      }),
      belongsTo('user', 'users', {
        label: 'Who',
        readOnly: true,
        ...third,
        description: 'Empty for a failed sign-in.',
      }),
      text('action', 100, {
        label: 'What',
        readOnly: true,
        ...third,
        description: 'create, update, delete, sign_in, denied, …',
      }),
    ),
    row(
      text('resourceType', 100, { label: 'Table', readOnly: true, ...third }),
      untypedReference('resourceId', { label: 'Row', readOnly: true, ...third }),
      text('resourceKey', 255, {
        label: 'Row key, if it is not a UUID',
        readOnly: true,
        ...third,
      }),
    ),
    json('changes', { shape: 'object', readOnly: true, admin: diffAdmin }),
    ...originFields(),
  ],
  custom: {
    whenEmpty: 'An entry appears here when a staff member signs in or changes something.',
    table: {
      indexes: [
        { name: 'activity_logs_user_created_idx', on: 'user_id, created_at DESC' },
        { name: 'activity_logs_resource_idx', on: 'resource_type, resource_id, created_at DESC' },
      ],
    },
  },
}
