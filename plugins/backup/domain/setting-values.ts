import { accountAddressProblem } from '../../../src/domain/mail-address.ts'

/** The keys of the backup settings with their labels. */
export const SETTING_KEYS = {
  email_on_success: 'Send an e-mail when a backup succeeds',
  email_on_failure: 'Send an e-mail when a backup fails',
  admin_email: 'Recipient of these e-mails',
  max_backup_size_mb: 'Maximum backup size (MB)',
  compression_enabled: 'Compress backups',
} as const

type Rule = { description: string; isAllowed: (value: string) => boolean }

const MAX_MEGABYTES = 1_000_000

const booleanRule: Rule = {
  description: 'true or false',
  isAllowed: (value) => value === 'true' || value === 'false',
}

const RULES: Readonly<Record<keyof typeof SETTING_KEYS, Rule>> = {
  email_on_success: booleanRule,
  email_on_failure: booleanRule,
  admin_email: {
    description: 'an e-mail address such as office@example.com, or empty',
    isAllowed: (value) => value === '' || accountAddressProblem(value) === null,
  },
  max_backup_size_mb: {
    description: `a whole number from 1 to ${MAX_MEGABYTES}`,
    isAllowed: (value) => /^[1-9]\d{0,6}$/.test(value) && Number(value) <= MAX_MEGABYTES,
  },
  compression_enabled: booleanRule,
}

/**
 * Returns why a text is not a valid value of the setting `key`, or null if it is valid. An unknown
 * key has no rules, so the result is null.
 */
export function findSettingProblem(key: string, value: string): string | null {
  if (!isSettingKey(key)) return null
  const { description, isAllowed } = RULES[key]
  return isAllowed(value)
    ? null
    : `for ${key} it must be ${description}, not ${JSON.stringify(value).slice(0, 60)}`
}

const isSettingKey = (key: string): key is keyof typeof SETTING_KEYS =>
  Object.hasOwn(SETTING_KEYS, key)
