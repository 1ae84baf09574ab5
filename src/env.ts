import { lstatSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { US_DOLLAR } from './domain/money.ts'
import { findEnvFileProblems } from './domain/env-file.ts'
import { isLoopback } from './domain/loopback.ts'
import { accountAddressProblem } from './domain/mail-address.ts'
import { findHiddenCharacterProblem, findQuoteProblem } from './domain/setting-text.ts'
import { type SignInProvider, parseSignInProviders } from './domain/sign-in-provider.ts'
import { describeFileError, getSystemErrorCode } from './domain/system-error.ts'
import { findUnknownSettings, isProviderSetting } from './domain/unknown-settings.ts'
import { roomSettings } from './settings/room-settings.ts'
import { scheduleSettings } from './settings/schedule-settings.ts'
import { findContradictions } from './settings/setting-conflicts.ts'
import {
  address,
  bucket,
  domains,
  flag,
  host,
  keyPrefix,
  mailServer,
  choice,
  currency,
  ORIGIN,
  origins,
  secret,
  sender,
  shortText,
} from './settings/setting-types.ts'
import { text, tierLimits, token, url, webUrl, wholeNumber } from './settings/setting-types.ts'
import { describeIssues } from './settings/setting-errors.ts'
import { WrongSetting } from './user-error.ts'

export { isSecretSetting } from './settings/setting-errors.ts'
export { WrongSetting }

/** The settings of one start of Forecourt, with defaults; read once and frozen. */
export type Settings = Readonly<z.infer<typeof schema>> & {
  readonly publicOrigin: string
  readonly production: boolean
  /** The providers that staff may sign in with, from `OIDC_<NAME>_…`. */
  readonly signInProviders: readonly SignInProvider[]
  /** Whether staff may sign in with passwords. */
  readonly localPasswords: boolean
}

/** A cron expression of five fields, and the IANA time zone that it refers to. */
export type Schedule = { cron: string; timeZone: string }

const signingSecret = z.string().trim().pipe(secret(32, 'the output of openssl rand -hex 32'))

const schema = z.object({
  APP_ENV: choice(['local', 'production']).default('local'),
  HOST: host('127.0.0.1').default('127.0.0.1'),
  PORT: wholeNumber(1, 65_535, 3000),
  MAX_CONNECTIONS: wholeNumber(10, 1_000_000, 8_000),
  PUBLIC_ORIGIN: webUrl(ORIGIN, 'https://cars.example.com, without a path').optional(),
  DATA_DIR: text('.data').default('.data'),
  MEDIA_DIR: text('media').default('media'),
  STORAGE: choice(['disk', 's3']).default('disk'),
  S3_ENDPOINT: webUrl(ORIGIN, 'https://s3.eu-central-1.amazonaws.com, without a path').optional(),
  S3_BUCKET: bucket.optional(),
  S3_REGION: token('auto').default('auto'),
  S3_ACCESS_KEY_ID: token('AKIAIOSFODNN7EXAMPLE').optional(),
  S3_SECRET_ACCESS_KEY: token('wJalrXUtnFEMI/bPxRfiCYEXAMPLEKEY').optional(),
  S3_PREFIX: keyPrefix.default(''),
  DATABASE_URL: url(
    /^postgres(ql)?:\/\/\S+$/,
    'postgres://user:password@host:5432/name',
  ).optional(),
  DATABASE_OWNER_URL: url(
    /^postgres(ql)?:\/\/\S+$/,
    'postgres://owner:password@host:5432/name',
  ).optional(),
  DB_POOL_MAX: wholeNumber(2, 1000, 10),
  DB_IDLE_SECONDS: wholeNumber(1, 86_400, 30),
  REDIS_URL: url(/^rediss?:\/\/\S+$/, 'redis://host:6379').optional(),
  PAYLOAD_SECRET: signingSecret.optional(),
  PAYLOAD_SECRET_PREVIOUS: signingSecret.optional(),
  FIRST_ADMIN_EMAIL: z
    .string()
    .trim()
    .refine(
      (value) => accountAddressProblem(value) === null,
      'must be an e-mail address, such as ann@cars.example',
    )
    .optional(),
  FIRST_ADMIN_PASSWORD: secret(12, 'the output of openssl rand -base64 15').optional(),
  LOCAL_PASSWORDS: flag.optional(),
  OIDC_ALLOWED_DOMAINS: domains.default([]),
  CURRENCY: currency.default(US_DOLLAR),
  DEMO_DATA: flag.default(true),
  CORS_ORIGINS: origins('https://shop.example.com').default([]),
  TRUSTED_PROXIES: wholeNumber(0, 20, 0),
  UPLOADS_AT_ONCE: wholeNumber(1, 1000, 8),
  UPLOADS_AT_ONCE_EACH: wholeNumber(1, 1000, 4),
  BODY_STALL_SECONDS: wholeNumber(1, 600, 20),
  API_REQUESTS_AT_ONCE: wholeNumber(4, 10_000, 8),
  PANEL_REQUESTS_AT_ONCE: wholeNumber(4, 1_000, 4),
  ANONYMOUS_READS_PER_MINUTE: wholeNumber(0, 10_000_000, 1_200),
  ANONYMOUS_RENDERS_PER_MINUTE: wholeNumber(0, 10_000_000, 120),
  OWNER_WRITES_PER_MINUTE: wholeNumber(0, 1_000_000, 120),
  OWNER_STORED_MB: wholeNumber(0, 10_000_000, 1_000),
  TIER_LIMITS: tierLimits.default({}),
  OWNERS_ISSUER: address.optional(),
  OWNERS_AUDIENCE: text('https://api.example.com').optional(),
  OWNERS_EMAIL_CLAIM: text('https://forecourt.example/email').optional(),
  OWNERS_JWKS_URL: address.optional(),
  OWNERS_MANAGEMENT_URL: address.optional(),
  OWNERS_MANAGEMENT_TOKEN: token('eyJhbGciOi').optional(),
  TERMS_VERSION: shortText(50, '2026-11').optional(),
  TERMS_URL: webUrl(/^https?:\/\/\S+$/, 'https://cars.example.com/terms')
    .refine(
      (value) => value.length <= 255,
      'must be a URL of at most 255 characters, such as https://cars.example.com/terms',
    )
    .optional(),
  TERMS_CONTENT_HASH: z
    .string()
    .trim()
    .regex(
      /^[0-9a-f]{64}$/,
      'must be a SHA-256 hash of 64 hexadecimal digits, such as the output of sha256sum',
    )
    .optional(),
  JOBS_IN_SERVER: flag.default(true),
  JOBS_AT_ONCE: wholeNumber(1, 100, 4),
  JOB_HISTORY_DAYS: wholeNumber(1, 3650, 90),
  ...scheduleSettings,
  ...roomSettings,
  SMTP_URL: mailServer.optional(),
  MAIL_FROM: sender.default('Forecourt <forecourt@forecourt.example>'),
  METRICS_HOST: host('127.0.0.1').default('127.0.0.1'),
  METRICS_PORT: wholeNumber(0, 65_535, 9464),
  LOG_LEVEL: choice(['fatal', 'error', 'warn', 'info', 'debug']).default('warn'),
})

const NAMES = Object.keys(schema.shape)

/**
 * Parses the settings of an environment and adds defaults. An empty value counts as not set. Throws
 * WrongSetting with one sentence for each invalid setting.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const values = Object.fromEntries(NAMES.map((name) => [name, environment[name] || undefined]))
  const { settings, issues } = parseValues(values)
  const production = settings.APP_ENV === 'production'
  const publicOrigin = settings.PUBLIC_ORIGIN ?? `http://localhost:${settings.PORT}`
  const { providers, wrong: providerProblems } = parseSignInProviders(environment, production)
  const together = findContradictions(settings, {
    production,
    publicOrigin,
    hasProvider: providers.length > 0,
  })
  const refused = new Set(issues.map(({ path }) => String(path[0])))
  const known = together.filter(
    (sentence) => !sentence.split(/\W+/).some((word) => refused.has(word)),
  )
  const problems = [...describeIssues(issues, values), ...known, ...providerProblems]
  if (problems.length > 0) throw new WrongSetting(problems.join('\n'))
  const localPasswords = settings.LOCAL_PASSWORDS ?? !production
  return Object.freeze({
    ...settings,
    publicOrigin,
    production,
    signInProviders: Object.freeze(providers),
    localPasswords,
  })
}

type Values = Readonly<Record<string, string | undefined>>

/** Parses these values. Invalid settings count as not set, and are returned as issues. */
function parseValues(values: Values) {
  const quoted = findIssues(values, findQuoteProblem)
  const unquoted = withoutRefused(values, quoted)
  const wrong = schema.safeParse(unquoted).error?.issues ?? []
  const usable = withoutRefused(unquoted, wrong)
  const hidden = findIssues(schema.parse(usable), findHiddenCharacterProblem)
  const settings = schema.parse(withoutRefused(usable, hidden))
  return { settings, issues: sortBySetting([...quoted, ...wrong, ...hidden]) }
}

type Issue = { path: readonly PropertyKey[]; message: string }

/** The problems that a check finds in each text, or in each list of texts. */
function findIssues(
  values: object,
  check: (name: string, value: string) => string | null,
): Issue[] {
  return Object.entries(values).flatMap(([name, value]: [string, unknown]) => {
    const texts = [value].flat().filter((one) => typeof one === 'string')
    const message = texts.map((one) => check(name, one)).find((problem) => problem !== null)
    return message ? [{ path: [name], message }] : []
  })
}

function withoutRefused(values: Values, issues: readonly Issue[]): Values {
  const refused = new Set(issues.map(({ path }) => path[0]))
  return Object.fromEntries(Object.entries(values).filter(([name]) => !refused.has(name)))
}

const sortBySetting = (issues: readonly Issue[]): Issue[] =>
  issues.toSorted(
    (one, other) => NAMES.indexOf(String(one.path[0])) - NAMES.indexOf(String(other.path[0])),
  )

/**
 * The settings of this process: its environment, and `.env` in the working directory for everything
 * that the environment does not set. The only function that reads process.env for settings.
 */
export function loadSettings(): Settings {
  loadEnvFile()
  return readSettings(process.env)
}

/**
 * Warnings about variables of this process and its `.env` that are probably meant to be settings.
 * Throws WrongSetting if `.env` cannot be read as intended.
 */
export function findMisspelledSettings(): string[] {
  loadEnvFile()
  return findUnknownSettings(process.env, NAMES)
}

/** Adds the variables of `.env` that the environment does not set. */
function loadEnvFile(): void {
  if (!lstatSync('.env', { throwIfNoEntry: false })) return
  try {
    const problems = findEnvFileProblems(
      readFileSync('.env'),
      (name) => NAMES.includes(name) || isProviderSetting(name),
    )
    if (problems.length > 0) throw new WrongSetting(problems.join('\n'))
    process.loadEnvFile('.env')
  } catch (error) {
    if (getSystemErrorCode(error) === undefined) throw error
    throw new WrongSetting(
      `.env cannot be read: ${describeFileError(error)}. Correct or remove it.`,
      { cause: error },
    )
  }
}

/**
 * Passes the results of a start (the embedded database, the stored secret) to all code that reads
 * the settings later. Disables Next's telemetry. Payload opens a persistent WebSocket to the reload
 * of Next's development server only if `reload` is set: otherwise a command would never end while a
 * server runs.
 */
export function resolveSettings(
  found: { DATABASE_URL: string; PAYLOAD_SECRET: string },
  { reload = false }: { reload?: boolean } = {},
): Settings {
  Object.assign(process.env, found, {
    NEXT_TELEMETRY_DISABLED: '1',
    DISABLE_PAYLOAD_HMR: String(!reload),
  })
  return loadSettings()
}

/** The schedule of a task; undefined if its setting is off. */
export function getSchedule(
  settings: Settings,
  name: Extract<keyof Settings, `SCHEDULE_${string}`>,
): { schedule?: Schedule } {
  const cron = settings[name]
  return cron === null ? {} : { schedule: { cron, timeZone: settings.SCHEDULE_TIME_ZONE } }
}

/** Warnings about settings that are valid but risky; empty if there are none. */
export function listWarnings(settings: Settings): string[] {
  const found: string[] = []
  if (!settings.production && !isLoopback(new URL(settings.publicOrigin).hostname))
    found.push(
      `PUBLIC_ORIGIN is ${settings.publicOrigin}, which is not a loopback address, but ` +
        'APP_ENV is local. Set APP_ENV=production before others use it.',
    )
  if (settings.METRICS_PORT > 0 && !isLoopback(settings.METRICS_HOST))
    found.push(
      `METRICS_HOST is ${settings.METRICS_HOST}: anyone who can reach port ` +
        `${settings.METRICS_PORT} there can read the metrics. Allow only your Prometheus to ` +
        'reach it.',
    )
  const { S3_ENDPOINT: s3 } = settings
  if (s3?.startsWith('http:') && !isLoopback(new URL(s3).hostname))
    found.push(
      `S3_ENDPOINT is ${s3}: files are sent there unencrypted. Use https, or a network that only ` +
        'you can read.',
    )
  if (!settings.localPasswords && settings.signInProviders.length === 0)
    found.push(
      'No one can sign in: passwords are turned off, and no provider is configured. Set ' +
        'LOCAL_PASSWORDS=true, or OIDC_<NAME>_ISSUER and its related settings.',
    )
  if (settings.REDIS_URL)
    found.push(
      'REDIS_URL is set: rate-limited requests are counted and owners’ lists are cached there, ' +
        'but sign-in attempts are counted in PostgreSQL, and the public listing is cached in ' +
        'each process.',
    )
  return found
}
