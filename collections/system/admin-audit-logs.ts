import type { CollectionConfig } from 'payload'
import { permissions } from '../../src/access/permissions.ts'
import { instant } from '../../src/fields/instant.ts'
import { row, third } from '../../src/fields/layout.ts'
import { json } from '../../src/fields/lists.ts'
import { text } from '../../src/fields/text.ts'
import { actorAdmin, diffAdmin, originFields } from '../../src/fields/audit-entry.ts'

/**
 * One thing that an admin of the garage did, or one look of any admin at owners' rows. The actor is
 * the subject of a garage admin, or `staff:<users.id>`. Written by hooks/audit; never changed or
 * deleted by anybody: a trigger of the database refuses it.
 */
export const AdminAuditLogs: CollectionConfig = {
  slug: 'admin-audit-logs',
  dbName: 'admin_audit_logs',
  labels: { singular: 'Admin audit', plural: 'Admin audit' },
  admin: {
    group: 'System',
    useAsTitle: 'action',
    defaultColumns: [
      'createdAt',
      'actorAdminId',
      'action',
      'resourceType',
      'resourceId',
      'targetAdminId',
    ],
    listSearchableFields: [
      'actorAdminId',
      'targetAdminId',
      'action',
      'resourceType',
      'resourceId',
      'requestId',
    ],
    description:
      'What admins did with owners’ data, each look included. Nobody can change or delete a line.',
    pagination: { defaultLimit: 50, limits: [25, 50, 100] },
  },
  defaultSort: '-createdAt',
  timestamps: false,
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.nobody,
    read: permissions.isAnyAdmin,
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
      text('actorAdminId', 255, {
        label: 'Who',
        required: true,
        index: true,
        readOnly: true,
        ...third,
        admin: actorAdmin,
      }),
      text('action', 100, { label: 'What', required: true, index: true, readOnly: true, ...third }),
    ),
    row(
      text('targetAdminId', 255, {
        label: 'About which admin',
        index: true,
        readOnly: true,
        admin: actorAdmin,
        ...third,
      }),
      text('resourceType', 100, { label: 'Of which table', readOnly: true, ...third }),
      text('resourceId', 255, { label: 'Row', readOnly: true, ...third }),
    ),
    json('context', {
      shape: 'object',
      label: 'Changed or looked at',
      readOnly: true,
      admin: diffAdmin,
    }),
    ...originFields(),
  ],
  custom: {
    whenEmpty: 'A line appears here when an admin views or changes data of owners.',
    table: {
      indexes: [
        {
          name: 'admin_audit_logs_resource_idx',
          on: 'resource_type, resource_id, created_at DESC',
        },
      ],
    },
  },
}
