import type { CollectionConfig, DateField, TextField, TextFieldSingleValidation } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { allowUnchanged } from '../../../src/fields/allow-unchanged.ts'
import { choice } from '../../../src/fields/choice.ts'
import { buildFieldBase } from '../../../src/fields/column.ts'
import { instant } from '../../../src/fields/instant.ts'
import { SETTING_KEYS, findSettingProblem } from '../domain/setting-values.ts'

const isSettingValue: TextFieldSingleValidation = (value: unknown, about) => {
  if (value === null || value === undefined) return 'is required, but may be an empty string'
  if (typeof value !== 'string')
    return `must be text such as "true", not ${JSON.stringify(value).slice(0, 40)}`
  return isAllowedValue(value, about)
}

const isAllowedValue: TextFieldSingleValidation = allowUnchanged((value, { siblingData }) => {
  const { settingKey } = siblingData as { settingKey?: unknown }
  return findSettingProblem(String(settingKey), value ?? '') ?? true
})

/** TEXT that may be empty but is required. */
const settingValue: TextField = {
  type: 'text',
  validate: isSettingValue,
  ...buildFieldBase('settingValue', {
    required: true,
    label: 'Value',
    description:
      'true or false; for the recipient, an e-mail address or nothing; for the size, a ' +
      'number of megabytes.',
  }),
}

/**
 * When the value was last set. The table has no created_at, which Payload's own timestamps would
 * add.
 */
const changedAt: DateField = {
  ...instant('updatedAt', {
    readOnly: true,
    label: 'Last changed',
    access: { create: permissions.nobody, update: permissions.nobody },
    column: { defaultNow: true },
  }),
  hooks: { beforeChange: [() => new Date().toISOString()] },
}

/** One setting for all backups. The key determines the allowed values and cannot be changed. */
export const BackupSettings: CollectionConfig = {
  slug: 'backup-settings',
  dbName: 'backup_settings',
  labels: { singular: 'Backup setting', plural: 'Backup settings' },
  admin: {
    group: 'Backups',
    useAsTitle: 'settingKey',
    defaultColumns: ['settingKey', 'settingValue', 'updatedAt'],
    listSearchableFields: ['settingKey', 'settingValue'],
    description: 'How backups will be made, and who gets e-mails about them.',
  },
  defaultSort: 'settingKey',
  timestamps: false,
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.isStaffAdmin,
    read: permissions.isStaffAdmin,
    update: permissions.isStaffAdmin,
    delete: permissions.isStaffAdmin,
  },
  fields: [
    choice('settingKey', 50, SETTING_KEYS, {
      required: true,
      unique: true,
      label: 'Setting',
      access: { update: permissions.nobody },
      admin: { isClearable: false },
    }),
    settingValue,
    changedAt,
  ],
  custom: {
    notYet: {
      words: 'Backups are not implemented yet, so these settings have no effect.',
      switches: ['settingValue'],
      whole: true,
    },
  },
}
