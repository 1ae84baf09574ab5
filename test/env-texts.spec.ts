import { parseEnv } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { findUnknownSettings } from '../src/domain/unknown-settings.ts'
import { isSecretSetting, readSettings, WrongSetting } from '../src/env.ts'
import { read } from './support/repository-files.ts'

/** Every setting, and its default as .env.example has it. */
const DEFAULTS = parseEnv(read('.env.example'))
const NAMES = Object.keys(DEFAULTS)

/**
 * What no setting of numbers, words, URLs, addresses or schedules takes; free texts and folders
 * take some of them.
 */
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
const FREE =
  'DATA_DIR MEDIA_DIR OWNERS_AUDIENCE OWNERS_EMAIL_CLAIM TERMS_VERSION CHROMIUM_PATH'.split(' ')
const JARGON =
  /[<>]=|Too (big|small)|expected|Invalid|regex|pattern|received|NaN|undefined|\[object/

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
const lineAbout = (name: string, text: string) =>
  text.split('\n').find((line) => line.startsWith(`${name} `)) ?? ''

describe.each(NAMES)('%s', (name) => {
  const refused = WRONG.map((value) => ({
    value,
    line: lineAbout(name, refusalOf({ [name]: value })),
  })).filter(({ line }) => line.endsWith('(see .env.example).'))

  it('is refused where its value cannot be used', () => {
    expect(refused.length).toBeGreaterThanOrEqual(FREE.includes(name) ? 1 : 3)
  })

  it('is refused in one plain sentence: name, value, what is allowed, an example', () => {
    for (const { value, line } of refused) {
      expect(line).toMatch(/^[^\n\u202e]+[^.]\.$/)
      expect(line).not.toMatch(JARGON)
      expect(line).not.toMatch(/\.\s*\./)
      expect(line).toMatch(/such as|must be .+ or |must look like|cannot be used: .*@|every night/i)
      expect(line).not.toContain('hunter2')
      if (isSecretSetting(name) || /[\n\u202e]|hunter2/.test(value)) continue
      expect(line).toContain(JSON.stringify(value))
    }
  })

  it('counts as not set where it is empty', () => {
    expect(refusalOf({ [name]: '' })).toBe('')
  })
})

/** What `.env` files and compose files leave around or inside a value that should not be there. */
const around = (value: string) => [
  `"${value}"`,
  `'${value}'`,
  `\u201c${value}\u201d`,
  `\`${value}\``,
]
const inside = (value: string) => [`${value}\nX=1`, `${value}\u0007x`, `${value}\u2028x`]
/** Values that are right, where the default is none. */
const RIGHT: Readonly<Record<string, string>> = {
  PUBLIC_ORIGIN: 'https://cars.example.com',
  DATABASE_URL: 'postgres://u:hunter2@db/lot',
  DATABASE_OWNER_URL: 'postgres://o:hunter2@db/lot',
  REDIS_URL: 'redis://:hunter2@cache:6379',
  PAYLOAD_SECRET: 'hunter2'.repeat(6),
  PAYLOAD_SECRET_PREVIOUS: 'hunter2'.repeat(7),
  FIRST_ADMIN_EMAIL: 'ann@cars.example',
  FIRST_ADMIN_PASSWORD: 'hunter2 hunter2',
  CORS_ORIGINS: 'https://shop.example.com',
  SCRAPING_CONTACT: 'https://cars.example.com',
  SCRAPING_ALLOWED_ORIGINS: 'http://127.0.0.1:4101',
  CHROMIUM_PATH: '/usr/bin/chromium',
  FEED_ALLOWED_SERVERS: '10.0.0.7:22',
  JEKYLL_FOLDER: '/srv/site',
  CLAMAV_URL: 'tcp://127.0.0.1:3310',
  AUTODEV_API_KEY: 'hunter2',
  PLACES_API_KEY: 'hunter2',
  CAPTCHA_PROVIDER: 'turnstile',
  CAPTCHA_SECRET: 'hunter2',
  CAPTCHA_URL: 'https://challenges.cloudflare.com',
  S3_ENDPOINT: 'https://s3.example.com',
  S3_BUCKET: 'forecourt-files',
  S3_ACCESS_KEY_ID: 'forecourt',
  S3_SECRET_ACCESS_KEY: 'hunter2',
  S3_PREFIX: 'sites/forecourt',
  MARKET_ZIP: '90210',
  SMTP_URL: 'smtp://u:hunter2@mail.example.com:587',
  LOCAL_PASSWORDS: 'true',
  OIDC_ALLOWED_DOMAINS: 'cars.example',
  OWNERS_ISSUER: 'https://tenant.example/',
  OWNERS_AUDIENCE: 'https://api.example.com',
  OWNERS_EMAIL_CLAIM: 'https://forecourt.example/email',
  OWNERS_JWKS_URL: 'https://tenant.example/jwks',
  OWNERS_MANAGEMENT_URL: 'https://tenant.example/',
  OWNERS_MANAGEMENT_TOKEN: 'hunter2',
  TERMS_VERSION: '2026-11',
  TERMS_URL: 'https://cars.example.com/terms',
  TERMS_CONTENT_HASH: 'a'.repeat(64),
}
const ALL_RIGHT = { ...DEFAULTS, ...RIGHT } as Readonly<Record<string, string>>

describe('what is written around or inside a value that is right', () => {
  it('is refused for every setting, without a secret', () => {
    expect(refusalOf(ALL_RIGHT)).toBe('')
    for (const name of NAMES) {
      const right = ALL_RIGHT[name] ?? ''
      for (const value of [...around(right), ...inside(right), `${right}\nX=1`]) {
        const refusal = refusalOf({ ...ALL_RIGHT, [name]: value })
        expect([name, value, lineAbout(name, refusal)]).toEqual([
          name,
          value,
          expect.stringMatching(/^[^\n]+(must|cannot be used|has) [^\n]+\(see \.env\.example\)\.$/),
        ])
        expect(refusal).not.toContain('hunter2')
      }
    }
  })

  it.each(['PUBLIC_ORIGIN', 'DATA_DIR', 'OWNERS_ISSUER', 'TERMS_VERSION', 'AUTODEV_URL'])(
    'is refused in %s where it has no width',
    (name) =>
      expect(refusalOf({ ...ALL_RIGHT, [name]: `${ALL_RIGHT[name]}\u200b` })).toContain(
        `${name} is "`,
      ),
  )

  it.each(
    NAMES.filter(
      (name) =>
        /^\w+:\/\//.test(ALL_RIGHT[name] ?? '') &&
        !FREE.includes(name) &&
        name !== 'SCRAPING_CONTACT',
    ),
  )('is refused in %s where it is a second URL, or a semicolon behind the host', (name) => {
    const right = ALL_RIGHT[name] ?? ''
    const host = /^(\w+:\/\/[^/]+)(.*)$/.exec(right)
    const twice = `${right},${right}`
    if (!name.endsWith('ORIGINS'))
      expect(lineAbout(name, refusalOf({ ...ALL_RIGHT, [name]: twice }))).not.toBe('')
    const stray = `${host?.[1]};${host?.[2]}`
    expect(lineAbout(name, refusalOf({ ...ALL_RIGHT, [name]: stray }))).not.toBe('')
  })

  it('is taken as it is where a person may have meant it', () => {
    const name = 'Fahrschule 👨\u200d👩 <ann@cars.example>'
    expect(
      refusalOf({ ...ALL_RIGHT, MAIL_FROM: name, FIRST_ADMIN_PASSWORD: '"quoted hunter2' }),
    ).toBe('')
    expect(refusalOf({ ...ALL_RIGHT, MAIL_FROM: '"Ann, Cars" <ann@cars.example>' })).toBe('')
    expect(refusalOf({ ...ALL_RIGHT, SCHEDULE_PRUNE_MAILS: '0\t3 * * *' })).toBe('')
    expect(
      refusalOf({ ...ALL_RIGHT, CORS_ORIGINS: 'https://a.example,\n  https://b.example' }),
    ).toBe('')
  })

  it('is refused in the settings of a provider', () => {
    const right = {
      OIDC_HOUSE_ISSUER: 'https://sso.example',
      OIDC_HOUSE_CLIENT_ID: 'id',
      OIDC_HOUSE_CLIENT_SECRET: 'hunter2',
    }
    for (const [name, value] of Object.entries({ ...right, OIDC_HOUSE_LABEL: 'House' }))
      for (const wrong of [`"${value}"`, `${value}\nx`]) {
        const refusal = refusalOf({ ...right, [name]: wrong })
        expect(refusal).toMatch(
          new RegExp(`^${name} must be [^\\n]+\\(see \\.env\\.example\\)\\.$`),
        )
        expect(refusal).not.toContain('hunter2')
      }
  })
})

describe('settings that are right one by one', () => {
  it('are refused where they contradict each other', () => {
    expect(refusalOf({ DATA_DIR: 'data', MEDIA_DIR: './data/' })).toMatch(
      /^DATA_DIR and MEDIA_DIR are the same folder, "data"\. Set two/,
    )
    expect(
      refusalOf({
        FIRST_ADMIN_EMAIL: 'ann@localhost',
        FIRST_ADMIN_PASSWORD: 'long enough for all',
      }),
    ).toMatch(/^FIRST_ADMIN_EMAIL is "ann@localhost", but it must be an e-mail address/)
  })
})

describe('settings that are wrong', () => {
  it('are all named at once, and nothing is said of them that only follows from it', () => {
    const numbers = NAMES.filter((name) => /^\d+$/.test(DEFAULTS[name] ?? ''))
    const lines = refusalOf(Object.fromEntries(numbers.map((name) => [name, 'x']))).split('\n')
    expect(lines.map((line) => line.split(' ')[0] ?? '').sort()).toEqual([...numbers].sort())
    const all = {
      APP_ENV: 'production',
      PORT: 'x',
      PUBLIC_ORIGIN: 'http://',
      OIDC_GOOGLE_CLIENT_ID: 'id',
    }
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
    expect(lineAbout(name, refusalOf({ [name]: value }))).toMatch(
      /^\S+ .*must .*\(see \.env\.example\)\.$/,
    )
  })

  it.each([
    '127.0.0.1',
    '0.0.0.0',
    '::',
    '::1',
    '[::1]',
    'localhost',
    'db_1.internal',
    '192.168.1.20',
    'büro.example',
  ])('are not these hosts: %s', (value) =>
    expect(readSettings({ HOST: value }).HOST).toBe(value.replace(/[[\]]/g, '')),
  )
})

describe('a variable that is almost a setting', () => {
  const about = (environment: Record<string, string>) => findUnknownSettings(environment, NAMES)

  it.each(NAMES.filter((name) => name.length > 4))(
    'is found near %s: a letter lost, doubled, swapped, or lower case',
    (name) => {
      const middle = Math.floor(name.length / 2)
      const lost = name.slice(0, middle) + name.slice(middle + 1)
      const doubled = `${name}${name.at(-1)}`
      const slips = [
        lost,
        doubled,
        name.toLowerCase(),
        name.replaceAll('_', '-').concat('X'),
      ].filter((slip) => !NAMES.includes(slip))
      expect(slips.length).toBeGreaterThan(2)
      for (const slip of slips)
        expect(about({ [slip]: 'hunter2' })).toEqual([
          expect.stringMatching(new RegExp(`^${slip} is set, .* Did you mean [A-Z0-9_]+\\?`)),
        ])
    },
  )

  it('names the setting that is meant, and never the value', () => {
    expect(about({ PROT: 'hunter2' })).toEqual([
      'PROT is set, but is not a Forecourt setting. Did you mean PORT? Correct the ' +
        'name, or remove it.',
    ])
    expect(about({ OIDC_GOOGLE_CLIENTID: 'x', SCRAPING_DEPTH: 'x' })).toEqual([
      expect.stringContaining('Did you mean OIDC_GOOGLE_CLIENT_ID?'),
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
