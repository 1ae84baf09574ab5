import type { CollectionConfig } from 'payload'
import { permissions } from '../../src/access/permissions.ts'
import { instant } from '../../src/fields/instant.ts'
import { row, third } from '../../src/fields/layout.ts'
import { json } from '../../src/fields/lists.ts'
import { text } from '../../src/fields/text.ts'
import { actorAdmin, diffAdmin, originFields } from '../../src/fields/audit-entry.ts'

/**
 * One action of a garage admin, or one view of owners' rows by any admin. The actor is the subject
 * of a garage admin, or `staff:<users.id>`. Written by hooks/audit. Append-only, enforced by a
 * database trigger.
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
      'What admins did with owners’ data, including every view. Entries cannot be ' +
      'changed or deleted.',
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
        label: 'Affected admin',
        index: true,
        readOnly: true,
        admin: actorAdmin,
        ...third,
      }),
      text('resourceType', 100, { label: 'Table', readOnly: true, ...third }),
      text('resourceId', 255, { label: 'Row', readOnly: true, ...third }),
    ),
    json('context', {
      shape: 'object',
      label: 'Changes or viewed data',
      readOnly: true,
      admin: diffAdmin,
    }),
    ...originFields(),
  ],
  custom: {
    whenEmpty: 'An entry appears here when an admin views or changes owners’ data.',
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
