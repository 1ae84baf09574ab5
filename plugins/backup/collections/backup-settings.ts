import type { CollectionConfig, DateField, TextField, TextFieldSingleValidation } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { choice } from '../../../src/fields/choice.ts'
import { buildFieldBase } from '../../../src/fields/column.ts'
import { instant } from '../../../src/fields/instant.ts'
import { SETTING_KEYS, findSettingProblem } from '../domain/setting-values.ts'

const isSettingValue: TextFieldSingleValidation = (value: unknown, { siblingData }) => {
  if (value === null || value === undefined) return 'is required; an empty text counts as one'
  if (typeof value !== 'string')
    return `must be a text such as "true", not ${JSON.stringify(value).slice(0, 40)}`
  const { settingKey } = siblingData as { settingKey?: unknown }
  return findSettingProblem(String(settingKey), value) ?? true
}

/** TEXT that may be empty but not absent. */
const settingValue: TextField = {
  type: 'text',
  validate: isSettingValue,
  ...buildFieldBase('settingValue', {
    required: true,
    label: 'Value',
    description:
      'true or false; an e-mail address or nothing for who gets the mails; a number of ' +
      'megabytes for the size.',
  }),
}

/**
 * When the value was last set; the table has no created_at beside it, which Payload’s own stamps
 * would add.
 */
const changedAt: DateField = {
  ...instant('updatedAt', {
    readOnly: true,
    label: 'Changed',
    access: { create: permissions.nobody, update: permissions.nobody },
    column: { defaultNow: true },
  }),
  hooks: { beforeChange: [() => new Date().toISOString()] },
}

/**
 * One setting of all backups. What its value may be hangs on its key, which stays as it was made.
 */
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
      words: 'No backups are made yet, so none of these settings has an effect.',
      switches: ['settingValue'],
      whole: true,
    },
  },
}
