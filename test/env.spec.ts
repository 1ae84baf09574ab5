import { describe, expect, it } from '@jest/globals'
import { readSettings, getSchedule, listWarnings, WrongSetting } from '../src/env.ts'

const SECRET = 'a secret that only tests know, 32+'
const inProduction = {
  APP_ENV: 'production',
  PUBLIC_ORIGIN: 'https://cars.example.com',
  PAYLOAD_SECRET: SECRET,
}

/** What a start says when it stops for these settings; an empty text when it would start. */
function refusalOf(environment: Record<string, string>): string {
  try {
    readSettings(environment)
    return ''
  } catch (error) {
    expect(error).toBeInstanceOf(WrongSetting)
    return (error as WrongSetting).message
  }
}

describe('an empty environment', () => {
  it('says everything that a start on a fresh machine needs', () => {
    expect(readSettings({})).toMatchObject({
      APP_ENV: 'local',
      HOST: '127.0.0.1',
      PORT: 3000,
      publicOrigin: 'http://localhost:3000',
      production: false,
      DATA_DIR: '.data',
      MEDIA_DIR: 'media',
      DB_POOL_MAX: 10,
      DB_IDLE_SECONDS: 30,
      CURRENCY: 'USD',
      DEMO_DATA: true,
      CORS_ORIGINS: [],
      TRUSTED_PROXIES: 0,
      LOG_LEVEL: 'warn',
    })
  })

  it('takes an empty value for one that is not said', () => {
    const empty = Object.fromEntries(
      ['PORT', 'DATABASE_URL', 'PAYLOAD_SECRET', 'CORS_ORIGINS', 'DEMO_DATA'].map((name) => [
        name,
        '',
      ]),
    )
    expect(readSettings(empty)).toEqual(readSettings({}))
  })

  it('cannot be changed after it was read', () => {
    expect(Object.isFrozen(readSettings({}))).toBe(true)
  })
})

describe('a setting', () => {
  it('is read with its type', () => {
    const read = readSettings({
      PORT: '8080',
      DEMO_DATA: 'false',
      CORS_ORIGINS: 'https://a.example, http://b.example:81',
      TRUSTED_PROXIES: '2',
    })
    expect(read).toMatchObject({
      PORT: 8080,
      DEMO_DATA: false,
      CORS_ORIGINS: ['https://a.example', 'http://b.example:81'],
      TRUSTED_PROXIES: 2,
    })
  })

  it('follows PORT in the public origin unless that is said', () => {
    expect(readSettings({ PORT: '8080' }).publicOrigin).toBe('http://localhost:8080')
    expect(readSettings({ PORT: '8080', PUBLIC_ORIGIN: 'http://lot.example' }).publicOrigin).toBe(
      'http://lot.example',
    )
  })

  it.each([
    ['APP_ENV', 'staging', 'must be local or production'],
    ['PORT', '0', 'must be a whole number from 1 to 65535, such as 3000'],
    ['PORT', '65536', 'must be a whole number from 1 to 65535, such as 3000'],
    ['PORT', '3e3', 'must be a whole number from 1 to 65535, such as 3000'],
    ['PORT', '-1', 'must be a whole number from 1 to 65535, such as 3000'],
    ['DB_POOL_MAX', '1', 'must be a whole number from 2 to 1000, such as 10'],
    ['DB_IDLE_SECONDS', '0', 'must be a whole number from 1 to 86400, such as 30'],
    ['TRUSTED_PROXIES', 'true', 'must be a whole number from 0 to 20, such as 0'],
    ['DEMO_DATA', 'yes', 'must be true or false'],
    ['CURRENCY', 'eur', 'must be an ISO 4217 currency code in capitals, such as USD, EUR or CAD'],
    [
      'CURRENCY',
      'JPY',
      'must be a currency with two decimals, such as USD, EUR or CAD, because amounts are stored ' +
        'with two',
    ],
    ['LOG_LEVEL', 'loud', 'must be fatal, error, warn, info or debug'],
    ['CORS_ORIGINS', '*', 'must be origins such as https://shop.example.com, separated by commas'],
    [
      'CORS_ORIGINS',
      'https://a.example/',
      'must be origins such as https://shop.example.com, separated by commas',
    ],
    [
      'PUBLIC_ORIGIN',
      'cars.example.com',
      'must look like https://cars.example.com, without a path',
    ],
    [
      'PUBLIC_ORIGIN',
      'https://cars.example.com/',
      'must look like https://cars.example.com, without a path',
    ],
    [
      'PUBLIC_ORIGIN',
      'https://user@cars.example.com',
      'must look like https://cars.example.com, without a path',
    ],
    ['FIRST_ADMIN_EMAIL', 'admin', 'must be an e-mail address, such as ann@cars.example'],
  ])('%s=%s stops the start with its name, its value and what would do', (name, value, wanted) => {
    const result = refusalOf({
      [name]: value,
      ...(name === 'FIRST_ADMIN_EMAIL' && { FIRST_ADMIN_PASSWORD: 'long enough for all' }),
    })
    expect(result).toBe(`${name} is "${value}", but it ${wanted} (see .env.example).`)
  })

  it('may be a currency that auto.dev does not have, but not with its key', () => {
    expect(readSettings({ CURRENCY: 'CAD' }).CURRENCY).toBe('CAD')
    expect(refusalOf({ CURRENCY: 'CAD', AUTODEV_API_KEY: 'sk_live_1234' })).toBe(
      'CURRENCY is CAD, but the prices of auto.dev are in USD. Remove AUTODEV_API_KEY, or set ' +
        'CURRENCY=USD.',
    )
  })

  it('is one sentence each when several are wrong', () => {
    const lines = refusalOf({ PORT: 'x', DEMO_DATA: 'x', LOG_LEVEL: 'x' }).split('\n')
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['PORT', 'DEMO_DATA', 'LOG_LEVEL'])
  })

  it.each([
    [
      'PAYLOAD_SECRET',
      'hunter2-hunter2',
      'PAYLOAD_SECRET must be text of 32 characters or more, such as the output of openssl rand ',
    ],
    [
      'PAYLOAD_SECRET_PREVIOUS',
      'hunter2-hunter2',
      'PAYLOAD_SECRET_PREVIOUS must be text of 32 characters or more, such as the output of ',
    ],
    [
      'FIRST_ADMIN_PASSWORD',
      'hunter2',
      'FIRST_ADMIN_PASSWORD must be text of 12 characters or more, such as ',
    ],
    [
      'DATABASE_URL',
      'mysql://root:hunter2@db/lot',
      'DATABASE_URL must look like postgres://user:password@host:5432/name ',
    ],
    [
      'DATABASE_OWNER_URL',
      'mysql://root:hunter2@db/lot',
      'DATABASE_OWNER_URL must look like postgres://owner:password@host:5432/name ',
    ],
    ['REDIS_URL', 'http://:hunter2@cache', 'REDIS_URL must look like redis://host:6379 '],
  ])(
    '%s is never repeated in the message, since it may hold a password',
    (name, value, sentence) => {
      const reported = refusalOf({
        [name]: value,
        ...(name === 'FIRST_ADMIN_PASSWORD' && { FIRST_ADMIN_EMAIL: 'a@b.example' }),
      })
      expect(reported).toContain(sentence)
      expect(reported).not.toContain('hunter2')
    },
  )
})

describe('production', () => {
  it('starts with an https origin and a secret of its own', () => {
    expect(readSettings(inProduction)).toMatchObject({
      production: true,
      publicOrigin: 'https://cars.example.com',
    })
  })

  it('needs an https origin', () => {
    expect(refusalOf({ ...inProduction, PUBLIC_ORIGIN: 'http://cars.example.com' })).toContain(
      'PUBLIC_ORIGIN is http://cars.example.com, but APP_ENV=production requires an https origin',
    )
    expect(refusalOf({ ...inProduction, PUBLIC_ORIGIN: '' })).toContain(
      'PUBLIC_ORIGIN is http://localhost:3000, but',
    )
  })

  it('needs a secret, and says how to make one', () => {
    expect(refusalOf({ ...inProduction, PAYLOAD_SECRET: '' })).toContain(
      'PAYLOAD_SECRET is not set, but APP_ENV=production requires a secret of 32 characters ' +
        'or more: create one with openssl rand -hex 32',
    )
  })

  it('rotates to another secret than the previous one', () => {
    const refused = refusalOf({ ...inProduction, PAYLOAD_SECRET_PREVIOUS: SECRET })
    expect(refused).toBe(
      'PAYLOAD_SECRET_PREVIOUS is the same as the current secret. Set PAYLOAD_SECRET to a new ' +
        'one, such as the output of openssl rand -hex 32, or leave PAYLOAD_SECRET_PREVIOUS empty.',
    )
    expect(readSettings({ ...inProduction, PAYLOAD_SECRET_PREVIOUS: `${SECRET}!` })).toMatchObject({
      PAYLOAD_SECRET: SECRET,
      PAYLOAD_SECRET_PREVIOUS: `${SECRET}!`,
    })
  })

  it('is not what NODE_ENV says', () => {
    expect(readSettings({ NODE_ENV: 'production' }).production).toBe(false)
  })
})

describe('the first admin', () => {
  it.each([{ FIRST_ADMIN_EMAIL: 'a@b.example' }, { FIRST_ADMIN_PASSWORD: 'long enough for all' }])(
    'needs both of its settings: %j alone does not do',
    (half) => {
      expect(refusalOf(half)).toContain(
        'FIRST_ADMIN_EMAIL and FIRST_ADMIN_PASSWORD belong together: set both or neither.',
      )
    },
  )
})

describe('the storage of files', () => {
  const S3 = {
    S3_ENDPOINT: 'https://s3.eu-central-1.amazonaws.com',
    S3_BUCKET: 'forecourt-files',
    S3_ACCESS_KEY_ID: 'AKIA',
    S3_SECRET_ACCESS_KEY: 'hunter2',
  }

  it('is the disk, and S3 below a folder where that is set', () => {
    expect(readSettings({})).toMatchObject({ STORAGE: 'disk', S3_REGION: 'auto', S3_PREFIX: '' })
    expect(readSettings({ ...S3, STORAGE: 's3', S3_PREFIX: 'sites/lot' })).toMatchObject({
      STORAGE: 's3',
      S3_PREFIX: 'sites/lot/',
    })
  })

  it('needs every setting of S3, and may keep them without it', () => {
    const { S3_BUCKET: _bucket, ...rest } = S3
    expect(refusalOf({ ...rest, STORAGE: 's3' })).toBe(
      'STORAGE is s3, which also needs S3_BUCKET. Set all of them, or set STORAGE=disk.',
    )
    expect(refusalOf(rest)).toMatch(/belong together, but S3_BUCKET is not set: set all or none\.$/)
    expect(refusalOf(S3)).toBe('')
  })

  it.each([
    ['S3_BUCKET', 'My Bucket'],
    ['S3_BUCKET', 'a'],
    ['S3_PREFIX', '/files'],
    ['S3_PREFIX', '../files'],
    ['S3_PREFIX', 'a//b'],
    ['S3_ENDPOINT', 'https://s3.example.com/bucket'],
    ['S3_ENDPOINT', 's3.example.com'],
    ['STORAGE', 'ftp'],
  ])('refuses %s=%s', (name, value) => {
    expect(refusalOf({ ...S3, [name]: value })).toContain(`${name} is "${value}", but it must`)
  })
})

describe('the owner of the tables', () => {
  it('is a role of a database of your own: alone it does not do', () => {
    const owner = 'postgres://owner:hunter2@db/lot'
    expect(refusalOf({ DATABASE_OWNER_URL: owner })).toContain(
      'DATABASE_OWNER_URL is set without DATABASE_URL',
    )
    expect(
      refusalOf({ DATABASE_OWNER_URL: owner, DATABASE_URL: 'postgres://app:hunter2@db/lot' }),
    ).toBe('')
  })
})

describe('a warning at start', () => {
  it('is heard when others can read the metrics', () => {
    expect(listWarnings(readSettings({ METRICS_HOST: '0.0.0.0' }))).toEqual([
      expect.stringContaining('METRICS_HOST is 0.0.0.0'),
    ])
    expect(listWarnings(readSettings({ METRICS_HOST: '0.0.0.0', METRICS_PORT: '0' }))).toEqual([])
  })

  it('is heard when files go to another machine unencrypted', () => {
    const s3 = { S3_BUCKET: 'files', S3_ACCESS_KEY_ID: 'a', S3_SECRET_ACCESS_KEY: 'hunter2' }
    const findWarnings = (S3_ENDPOINT: string) => listWarnings(readSettings({ ...s3, S3_ENDPOINT }))
    expect(findWarnings('http://minio:9000')).toEqual([
      expect.stringContaining('S3_ENDPOINT is http://minio:9000: files are sent there unencrypted'),
    ])
    expect(findWarnings('http://127.0.0.1:9000')).toEqual([])
    expect(findWarnings('https://minio:9000')).toEqual([])
  })

  it('is heard when others can reach a local instance', () => {
    expect(listWarnings(readSettings({ PUBLIC_ORIGIN: 'http://lot.example' }))).toEqual([
      expect.stringContaining('PUBLIC_ORIGIN is http://lot.example'),
    ])
    expect(listWarnings(readSettings({ PUBLIC_ORIGIN: 'http://[::1]:3000' }))).toEqual([])
    expect(listWarnings(readSettings({ ...inProduction, LOCAL_PASSWORDS: 'true' }))).toEqual([])
  })
})

describe('schedules and mail', () => {
  it('have the documents’ hours on the clock of Los Angeles', () => {
    const settings = readSettings({})
    expect(getSchedule(settings, 'SCHEDULE_JEKYLL_EXPORT')).toEqual({
      schedule: { cron: '55 1 * * *', timeZone: 'America/Los_Angeles' },
    })
    expect(
      getSchedule(readSettings({ SCHEDULE_PRUNE_MAILS: 'off' }), 'SCHEDULE_PRUNE_MAILS'),
    ).toEqual({})
  })

  it.each([
    ['SCHEDULE_PRUNE_MAILS', '61 3 * * *', 'has "61" for the minute'],
    ['SCHEDULE_TIME_ZONE', 'Mars/Olympus', 'must be an IANA time zone'],
    ['MAIL_FROM', 'a@example.com, b@example.com', 'cannot be used'],
    ['SMTP_URL', 'smtp://user:hunter2@', 'cannot be used'],
  ])('refuse %s=%s with a sentence', (name, value, words) => {
    const refusal = refusalOf({ [name]: value })
    expect(refusal).toContain(name)
    expect(refusal).toContain(words)
    expect(refusal).not.toContain('hunter2')
  })
})
