import { describe, expect, it } from '@jest/globals'
import { findPassword, createSecretMasker, redactValues } from '../../src/domain/mask-secrets.ts'

describe('secrets in a text', () => {
  it('are masked wherever they stand, in whatever way they are written', () => {
    const mask = createSecretMasker(['open "sesame" 100%', 'a longer one (.*)'])
    const result = 'open "sesame" 100%'
    expect(mask(`plain ${result}, again ${result}`)).toBe('plain •••, again •••')
    expect(mask(JSON.stringify({ said: result }))).toBe('{"said":"•••"}')
    expect(mask(`smtp://ann:${encodeURIComponent(result)}@host`)).toBe('smtp://ann:•••@host')
    expect(mask('a longer one (.*) and a longer one too')).toBe('••• and a longer one too')
  })

  it('are masked whole where one begins like another', () => {
    expect(createSecretMasker(['12345678', '1234567890'])('1234567890 12345678')).toBe('••• •••')
  })

  it('leave everything else as it is', () => {
    expect(createSecretMasker(['cars'])('cars and cars')).toBe('cars and cars')
    expect(createSecretMasker([])('anything')).toBe('anything')
  })
})

describe('the password in a URL', () => {
  it.each([
    ['postgres://ann:a%40b@host/name', 'a@b'],
    ['smtp://ann:100%@host', '100%'],
    ['redis://:only@host', 'only'],
    ['https://host/path', null],
    ['no URL', null],
  ])('of %s is %j', (url, password) => {
    expect(findPassword(url)).toBe(password)
  })
})

describe('the words of a statement that failed', () => {
  it('lose its values, and keep the statement and where it was', () => {
    const words = 'Failed query: insert into t (a)\nvalues ($1)\nparams: a secret\nof two lines'
    expect(redactValues(words)).toBe('Failed query: insert into t (a)\nvalues ($1)')
    expect(redactValues(`${words}\n    at x (y.ts:1:2)`)).toBe(
      'Failed query: insert into t (a)\nvalues ($1)\n    at x (y.ts:1:2)',
    )
    expect(redactValues('Something else\nparams: stay')).toBe('Something else\nparams: stay')
  })
})
