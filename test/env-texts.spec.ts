import { parseEnv } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { findUnknownSettings } from '../src/domain/unknown-settings.ts'
import { isSecretSetting, readSettings, WrongSetting } from '../src/env.ts'
import { read } from './support/repository-files.ts'

/** Every setting, and its default as .env.example has it. */
const DEFAULTS = parseEnv(read('.env.example'))
const NAMES = Object.keys(DEFAULTS)

/** What no setting of numbers, words, URLs, addresses or schedules takes; free texts and folders take some of them. */
const WRONG = [
  '  ',
  'nonsense',
  '-1',
  '1.5',
  '1e3',
  '99999999999999',
  'http://[::1',
  'https://user:hunter2@x',
  'naïve ☃',
  'a\nb',
  'x\u202ey',
]
/** Settings that may be any text. */
const FREE = 'DATA_DIR MEDIA_DIR OWNERS_AUDIENCE OWNERS_EMAIL_CLAIM TERMS_VERSION CHROMIUM_PATH'.split(' ')
const JARGON = /[<>]=|Too (big|small)|expected|Invalid|regex|pattern|received|NaN|undefined|\[object/

function refusalOf(environment: Record<string, string>): string {
  try {
    readSettings(environment)
    return ''
  } catch (error) {
    if (!(error instanceof WrongSetting)) throw error
    return error.message
  }
}

/** The one line of a refusal that is about the setting; '' where there is none. */
const lineAbout = (name: string, text: string) => text.split('\n').find((line) => line.startsWith(`${name} `)) ?? ''

describe.each(NAMES)('%s', (name) => {
  const refused = WRONG.map((value) => ({ value, line: lineAbout(name, refusalOf({ [name]: value })) })).filter(({ line }) =>
    line.endsWith('(see .env.example).'),
  )

  it('is refused where its value cannot be used', () => {
    expect(refused.length).toBeGreaterThanOrEqual(FREE.includes(name) ? 1 : 3)
  })

  it('is refused in one plain sentence: name, value, what is allowed, an example', () => {
    for (const { value, line } of refused) {
      expect(line).toMatch(/^[^\n\u202e]+[^.]\.$/)
      expect(line).not.toMatch(JARGON)
      expect(line).not.toMatch(/\.\s*\./)
      expect(line).toMatch(/such as|must be .+ or |must look like|can't be used: .*@|every night/i)
      expect(line).not.toContain('hunter2')
      if (isSecretSetting(name) || /[\n\u202e]|hunter2/.test(value)) continue
      expect(line).toContain(JSON.stringify(value))
    }
  })

  it('counts as not set where it is empty', () => {
    expect(refusalOf({ [name]: '' })).toBe('')
  })
})

describe('settings that are wrong', () => {
  it('are all named at once, and nothing is said of them that only follows from it', () => {
    const numbers = NAMES.filter((name) => /^\d+$/.test(DEFAULTS[name] ?? ''))
    const lines = refusalOf(Object.fromEntries(numbers.map((name) => [name, 'x']))).split('\n')
    expect(lines.map((line) => line.split(' ')[0] ?? '').sort()).toEqual([...numbers].sort())
    const all = { APP_ENV: 'production', PORT: 'x', PUBLIC_ORIGIN: 'http://', OIDC_GOOGLE_CLIENT_ID: 'id' }
    expect(
      refusalOf(all)
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(['PORT', 'PUBLIC_ORIGIN', 'PAYLOAD_SECRET', 'OIDC_GOOGLE_CLIENT_SECRET'])
  })

  it.each([
    ['HOST', 'http://127.0.0.1'],
    ['HOST', '127.0.0.1:3000'],
    ['HOST', '127.1'],
    ['HOST', '256.0.0.1'],
    ['HOST', '[::1]:3000'],
    ['METRICS_HOST', 'a b'],
    ['DATABASE_URL', 'postgres://forecourt:hunter2@db:99999/lot'],
    ['DATABASE_URL', 'postgres://forecourt:hunter2%@db/lot'],
    ['REDIS_URL', 'redis://:hunter2@cache:99999'],
    ['SCRAPING_ALLOWED_ORIGINS', 'http://127.0.0.1:99999'],
    ['SCRAPING_CONTACT', 'Jürgen'],
    ['OWNERS_MANAGEMENT_TOKEN', 'two words'],
  ])('would otherwise break later: %s=%s', (name, value) => {
    expect(lineAbout(name, refusalOf({ [name]: value }))).toMatch(/^\S+ .*must .*\(see \.env\.example\)\.$/)
  })

  it.each(['127.0.0.1', '0.0.0.0', '::', '::1', '[::1]', 'localhost', 'db_1.internal', '192.168.1.20', 'büro.example'])(
    'are not these hosts: %s',
    (value) => expect(readSettings({ HOST: value }).HOST).toBe(value.replace(/[[\]]/g, '')),
  )
})

describe('a variable that is almost a setting', () => {
  const about = (environment: Record<string, string>) => findUnknownSettings(environment, NAMES)

  it.each(NAMES.filter((name) => name.length > 4))('is found near %s: a letter lost, doubled, swapped, or lower case', (name) => {
    const middle = Math.floor(name.length / 2)
    const lost = name.slice(0, middle) + name.slice(middle + 1)
    const doubled = `${name}${name.at(-1)}`
    const slips = [lost, doubled, name.toLowerCase(), name.replaceAll('_', '-').concat('X')].filter(
      (slip) => !NAMES.includes(slip),
    )
    expect(slips.length).toBeGreaterThan(2)
    for (const slip of slips)
      expect(about({ [slip]: 'hunter2' })).toEqual([expect.stringMatching(new RegExp(`^${slip} is set, .* [A-Z_]+[:;]`))])
  })

  it('names the setting that is meant, and never the value', () => {
    expect(about({ PROT: 'hunter2' })).toEqual([
      'PROT is set, but is not a setting of Forecourt. It is probably meant to be PORT: correct the name, or remove it.',
    ])
    expect(about({ OIDC_GOOGLE_CLIENTID: 'x', SCRAPING_DEPTH: 'x' })).toEqual([
      expect.stringContaining('meant to be OIDC_GOOGLE_CLIENT_ID'),
      expect.stringContaining('those that begin with SCRAPING_'),
    ])
  })

  it.each([
    'PATH',
    'HOME',
    'HOSTNAME',
    'MAIL',
    'PGPORT',
    'TMPDIR',
    'npm_config_cache',
    'DATABASE_HOST',
    'REDIS_PORT',
    'FORECOURT_X',
  ])('is not %s', (name) => expect(about({ [name]: 'x' })).toEqual([]))

  it('is not one of ours, not one of a provider, and not an empty one', () => {
    const ours = Object.fromEntries(NAMES.map((name) => [name, 'x']))
    expect(about({ ...ours, OIDC_HOUSE_LABEL: 'x', PROT: '' })).toEqual([])
  })
})
