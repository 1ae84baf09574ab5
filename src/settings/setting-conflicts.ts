import path from 'node:path'
import { findOwnerSettingProblems, type OwnerSettings } from '../domain/owner-settings.ts'
import { US_DOLLAR } from '../domain/money.ts'
import { findOriginProblems } from '../egress/allowed-origins.ts'
import { quoteValue } from './setting-errors.ts'

type CheckedSettings = OwnerSettings & {
  DATA_DIR: string
  MEDIA_DIR: string
  STORAGE: 'disk' | 's3'
  S3_ENDPOINT?: string | undefined
  S3_BUCKET?: string | undefined
  S3_ACCESS_KEY_ID?: string | undefined
  S3_SECRET_ACCESS_KEY?: string | undefined
  PAYLOAD_SECRET?: string | undefined
  PAYLOAD_SECRET_PREVIOUS?: string | undefined
  DATABASE_URL?: string | undefined
  DATABASE_OWNER_URL?: string | undefined
  CURRENCY: string
  AUTODEV_API_KEY?: string | undefined
  CAPTCHA_PROVIDER?: string | undefined
  CAPTCHA_SECRET?: string | undefined
  MARKET_LATITUDE?: number | undefined
  MARKET_LONGITUDE?: number | undefined
  MARKET_IN_LINE_PERCENT: number
  MARKET_FAR_PERCENT: number
  FIRST_ADMIN_EMAIL?: string | undefined
  FIRST_ADMIN_PASSWORD?: string | undefined
  SCRAPING_ALLOWED_ORIGINS: readonly string[]
}

type StartContext = {
  production: boolean
  publicOrigin: string
  hasProvider: boolean
}

/**
 * Finds settings that are valid individually but contradict each other; returns one sentence each.
 */
export function findContradictions(
  settings: CheckedSettings,
  { production, publicOrigin, hasProvider }: StartContext,
): string[] {
  const problems: string[] = []
  if (production && !publicOrigin.startsWith('https://'))
    problems.push(
      `PUBLIC_ORIGIN is ${publicOrigin}, but APP_ENV=production requires an https origin, ` +
        'such as https://cars.example.com.',
    )
  if (settings.DATABASE_OWNER_URL && !settings.DATABASE_URL)
    problems.push(
      'DATABASE_OWNER_URL is set without DATABASE_URL. Set both, as two roles of one ' +
        'database, or neither to use the embedded database.',
    )
  if (
    settings.FIRST_ADMIN_PASSWORD
      ? !settings.FIRST_ADMIN_EMAIL
      : settings.FIRST_ADMIN_EMAIL && !hasProvider
  )
    problems.push(
      'FIRST_ADMIN_EMAIL and FIRST_ADMIN_PASSWORD belong together: set both or neither. ' +
        'With a provider, the address is enough.',
    )
  if (settings.AUTODEV_API_KEY && settings.CURRENCY !== US_DOLLAR)
    problems.push(
      `CURRENCY is ${settings.CURRENCY}, but the prices of auto.dev are in ${US_DOLLAR}. Remove ` +
        `AUTODEV_API_KEY, or set CURRENCY=${US_DOLLAR}.`,
    )
  if (path.resolve(settings.DATA_DIR) === path.resolve(settings.MEDIA_DIR))
    problems.push(
      `DATA_DIR and MEDIA_DIR are the same folder, ${quoteValue(settings.DATA_DIR)}. Set ` +
        'two different folders: one holds secrets, the other public photos.',
    )
  const inward = findOriginProblems(
    'SCRAPING_ALLOWED_ORIGINS',
    settings.SCRAPING_ALLOWED_ORIGINS,
    production,
  )
  return [
    ...problems,
    ...findSecretContradictions(settings, production),
    ...findStorageContradictions(settings),
    ...findMarketContradictions(settings),
    ...inward,
    ...findOwnerSettingProblems(settings, production),
  ]
}

/** Finds secrets that are missing, or contradict each other. */
function findSecretContradictions(
  settings: Pick<
    CheckedSettings,
    'PAYLOAD_SECRET' | 'PAYLOAD_SECRET_PREVIOUS' | 'CAPTCHA_PROVIDER' | 'CAPTCHA_SECRET'
  >,
  production: boolean,
): string[] {
  const problems: string[] = []
  if (production && !settings.PAYLOAD_SECRET)
    problems.push(
      'PAYLOAD_SECRET is not set, but APP_ENV=production requires a secret of 32 ' +
        'characters or more: create one with openssl rand -hex 32.',
    )
  if (
    settings.PAYLOAD_SECRET_PREVIOUS &&
    settings.PAYLOAD_SECRET_PREVIOUS === settings.PAYLOAD_SECRET
  )
    problems.push(
      'PAYLOAD_SECRET_PREVIOUS is the same as the current secret. Set PAYLOAD_SECRET to a new ' +
        'one, such as the output of openssl rand -hex 32, or leave PAYLOAD_SECRET_PREVIOUS empty.',
    )
  if ((settings.CAPTCHA_PROVIDER === undefined) !== (settings.CAPTCHA_SECRET === undefined))
    problems.push('CAPTCHA_PROVIDER and CAPTCHA_SECRET belong together: set both or neither.')
  return problems
}

/** Finds settings of the market that contradict each other. */
function findMarketContradictions(
  settings: Pick<
    CheckedSettings,
    'MARKET_LATITUDE' | 'MARKET_LONGITUDE' | 'MARKET_IN_LINE_PERCENT' | 'MARKET_FAR_PERCENT'
  >,
): string[] {
  const problems: string[] = []
  if ((settings.MARKET_LATITUDE === undefined) !== (settings.MARKET_LONGITUDE === undefined))
    problems.push('MARKET_LATITUDE and MARKET_LONGITUDE belong together: set both or neither.')
  if (settings.MARKET_FAR_PERCENT < settings.MARKET_IN_LINE_PERCENT)
    problems.push(
      `MARKET_FAR_PERCENT is ${settings.MARKET_FAR_PERCENT}, less than MARKET_IN_LINE_PERCENT, ` +
        `which is ${settings.MARKET_IN_LINE_PERCENT}. Set it to the same number or a greater one.`,
    )
  return problems
}

const S3_SETTINGS = [
  'S3_ENDPOINT',
  'S3_BUCKET',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
] as const

/** Finds settings of the storage that are incomplete. */
function findStorageContradictions(
  settings: Pick<CheckedSettings, 'STORAGE' | (typeof S3_SETTINGS)[number]>,
): string[] {
  const missing = S3_SETTINGS.filter((name) => settings[name] === undefined)
  const isUsed = settings.STORAGE === 's3' || missing.length < S3_SETTINGS.length
  if (missing.length === 0 || !isUsed) return []
  const names = missing.join(', ')
  return settings.STORAGE === 's3'
    ? [`STORAGE is s3, which also needs ${names}. Set all of them, or set STORAGE=disk.`]
    : [`${S3_SETTINGS.join(', ')} belong together, but ${names} is not set: set all or none.`]
}
