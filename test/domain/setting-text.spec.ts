import { describe, expect, it } from '@jest/globals'
import { findHiddenCharacterProblem, findQuoteProblem } from '../../src/domain/setting-text.ts'

describe('quotation marks around a setting', () => {
  it.each(['"x"', "'x'", '`x`', ' "x" ', '“x”', '‘x’', '"', '"x', "x'", '""'])(
    'are refused: %s',
    (value) => {
      expect(findQuoteProblem('DATA_DIR', value)).toBe(
        'must be written without quotation marks around it',
      )
    },
  )

  it('are refused in a secret, a label and a sender only as a pair', () => {
    for (const name of [
      'FIRST_ADMIN_PASSWORD',
      'PAYLOAD_SECRET',
      'AUTODEV_API_KEY',
      'MAIL_FROM',
      'OIDC_HOUSE_LABEL',
    ]) {
      expect(findQuoteProblem(name, '"x"')).not.toBeNull()
      expect(findQuoteProblem(name, '"x')).toBeNull()
    }
  })

  it.each(['x', "o'brien", 'a "b" c', ''])('are not these: %s', (value) => {
    expect(findQuoteProblem('DATA_DIR', value)).toBeNull()
  })
})

describe('a character in a setting that nobody sees', () => {
  it.each(['a\nb', 'a\u0000b', 'a\u2028b', 'a\u200bb', 'a\u202eb'])('is refused: %j', (value) => {
    expect(findHiddenCharacterProblem('DATA_DIR', value)).toBe(
      'must be one line without control or invisible characters',
    )
  })

  it('may join others in a secret, a label and a sender', () => {
    for (const name of ['FIRST_ADMIN_PASSWORD', 'MAIL_FROM', 'OIDC_HOUSE_LABEL']) {
      expect(findHiddenCharacterProblem(name, '👨\u200d👩')).toBeNull()
      expect(findHiddenCharacterProblem(name, 'a\nb')).not.toBeNull()
    }
  })

  it.each(['a b', 'a\tb', 'Büro 日本 😀', ''])('is none of these: %j', (value) => {
    expect(findHiddenCharacterProblem('DATA_DIR', value)).toBeNull()
  })
})
