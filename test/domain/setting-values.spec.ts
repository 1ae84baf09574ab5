import { describe, expect, it } from '@jest/globals'
import { findSettingProblem } from '../../plugins/backup/domain/setting-values.ts'

describe('the value of a backup setting', () => {
  it.each([
    ['email_on_success', 'true'],
    ['email_on_failure', 'false'],
    ['compression_enabled', 'true'],
    ['admin_email', ''],
    ['admin_email', 'office@forecourt.example'],
    ['admin_email', 'first.last+backup@mail.forecourt.example'],
    ['admin_email', "o'hara@münchen.example"],
    ['max_backup_size_mb', '1'],
    ['max_backup_size_mb', '1000000'],
  ])('%s may be "%s"', (key, value) => {
    expect(findSettingProblem(key, value)).toBeNull()
  })

  it.each([
    ['email_on_success', 'yes', 'true or false'],
    ['email_on_failure', '', 'true or false'],
    ['compression_enabled', 'True', 'true or false'],
    [
      'admin_email',
      'büro@forecourt.example',
      'an e-mail address such as office@example.com, or empty',
    ],
    ['admin_email', 'office', 'an e-mail address such as office@example.com, or empty'],
    [
      'admin_email',
      'a@b.example, c@d.example',
      'an e-mail address such as office@example.com, or empty',
    ],
    [
      'admin_email',
      'office@forecourt.example\n',
      'an e-mail address such as office@example.com, or empty',
    ],
    ['max_backup_size_mb', '0', 'a whole number from 1 to 1000000'],
    ['max_backup_size_mb', '1000001', 'a whole number from 1 to 1000000'],
    ['max_backup_size_mb', '1.5', 'a whole number from 1 to 1000000'],
    ['max_backup_size_mb', '5 GB', 'a whole number from 1 to 1000000'],
  ])('%s is not %j, and the refusal says what it may be', (key, value, allowed) => {
    expect(findSettingProblem(key, value)).toBe(
      `for ${key} it must be ${allowed}, not ${JSON.stringify(value)}`,
    )
  })

  it('is held to nothing where the setting is none', () => {
    expect(findSettingProblem('toString', 'x')).toBeNull()
  })
})
