/** The settings of backups, and what people read. */
export const SETTING_KEYS = {
  email_on_success: 'Mail when a backup worked',
  email_on_failure: 'Mail when a backup failed',
  admin_email: 'Who gets these mails',
  max_backup_size_mb: 'Largest backup, in megabytes',
  compression_enabled: 'Compress backups',
} as const

type Rule = { allowed: string; holds: (value: string) => boolean }

const MOST_MEGABYTES = 1_000_000

const yesOrNo: Rule = { allowed: 'true or false', holds: (value) => value === 'true' || value === 'false' }

const RULES: Readonly<Record<keyof typeof SETTING_KEYS, Rule>> = {
  email_on_success: yesOrNo,
  email_on_failure: yesOrNo,
  admin_email: {
    allowed: 'an e-mail address such as office@example.com, or empty',
    holds: (value) => value === '' || (value.length <= 254 && /^[^\s@\0<>,;:"]+@[^\s@\0<>,;:"]+\.[^\s@\0<>,;:".]+$/.test(value)),
  },
  max_backup_size_mb: {
    allowed: `a whole number from 1 to ${MOST_MEGABYTES}`,
    holds: (value) => /^[1-9]\d{0,6}$/.test(value) && Number(value) <= MOST_MEGABYTES,
  },
  compression_enabled: yesOrNo,
}

/** Why a text is no value of the setting `key`; null when it is one. A key that is none has no values to hold to: null too. */
export function settingProblem(key: string, value: string): string | null {
  if (!isSettingKey(key)) return null
  const { allowed, holds } = RULES[key]
  return holds(value) ? null : `for ${key} it must be ${allowed}, not ${JSON.stringify(value).slice(0, 60)}`
}

const isSettingKey = (key: string): key is keyof typeof SETTING_KEYS => Object.hasOwn(SETTING_KEYS, key)
