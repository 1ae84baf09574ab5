import { existsSync } from 'node:fs'
import { z } from 'zod'
import { isLoopback } from './domain/loopback.ts'
import { mailAddressProblem } from './domain/mail-address.ts'
import { type SignInProvider, signInProviders } from './domain/sign-in-provider.ts'
import { findUnknownSettings } from './domain/unknown-settings.ts'
import { roomSettings } from './room-settings.ts'
import { scheduleSettings } from './schedule-settings.ts'
import { findContradictions } from './setting-contradictions.ts'
import { address, domains, flag, host, mailServer, oneOf, ORIGIN, origins, secret, sender, shortText } from './setting-kinds.ts'
import { text, token, url, webUrl, whole } from './setting-kinds.ts'
import { describeIssues } from './setting-sentences.ts'
import { WrongSetting } from './user-error.ts'

export { isSecretSetting } from './setting-sentences.ts'
export { WrongSetting }

/** What one start of Forecourt knows: every setting, its default said here, read once and frozen. */
export type Settings = Readonly<z.infer<typeof schema>> & {
  readonly publicOrigin: string
  readonly production: boolean
  /** Whom staff may sign in with, from `OIDC_<NAME>_…`. */
  readonly signInProviders: readonly SignInProvider[]
  /** Whether staff may sign in with a password of their own here. */
  readonly localPasswords: boolean
}

/** Five cron parts, and the IANA zone whose clock they are read on. */
export type Schedule = { cron: string; timeZone: string }

const schema = z.object({
  APP_ENV: oneOf(['local', 'production']).default('local'),
  HOST: host('127.0.0.1').default('127.0.0.1'),
  PORT: whole(1, 65_535, 3000),
  MAX_CONNECTIONS: whole(10, 1_000_000, 8_000),
  PUBLIC_ORIGIN: webUrl(ORIGIN, 'https://cars.example.com, without a path').optional(),
  DATA_DIR: text('.data').default('.data'),
  MEDIA_DIR: text('media').default('media'),
  DATABASE_URL: url(/^postgres(ql)?:\/\/\S+$/, 'postgres://user:password@host:5432/name').optional(),
  DATABASE_OWNER_URL: url(/^postgres(ql)?:\/\/\S+$/, 'postgres://owner:password@host:5432/name').optional(),
  DB_POOL_MAX: whole(2, 1000, 10),
  DB_IDLE_SECONDS: whole(1, 86_400, 30),
  REDIS_URL: url(/^rediss?:\/\/\S+$/, 'redis://host:6379').optional(),
  PAYLOAD_SECRET: z.string().trim().pipe(secret(32, 'what openssl rand -hex 32 prints')).optional(),
  FIRST_ADMIN_EMAIL: z
    .string()
    .trim()
    .refine((value) => mailAddressProblem(value) === null, 'must be an e-mail address, such as ann@cars.example')
    .optional(),
  FIRST_ADMIN_PASSWORD: secret(12, 'what openssl rand -base64 15 prints').optional(),
  LOCAL_PASSWORDS: flag.optional(),
  OIDC_ALLOWED_DOMAINS: domains.default([]),
  DEMO_DATA: flag.default(true),
  CORS_ORIGINS: origins('https://shop.example.com').default([]),
  TRUSTED_PROXIES: whole(0, 20, 0),
  UPLOADS_AT_ONCE: whole(1, 1000, 8),
  UPLOADS_AT_ONCE_EACH: whole(1, 1000, 4),
  BODY_STALL_SECONDS: whole(1, 600, 20),
  API_REQUESTS_AT_ONCE: whole(4, 10_000, 8),
  PANEL_REQUESTS_AT_ONCE: whole(4, 1_000, 4),
  ANONYMOUS_READS_PER_MINUTE: whole(0, 10_000_000, 1_200),
  ANONYMOUS_RENDERS_PER_MINUTE: whole(0, 10_000_000, 120),
  OWNER_WRITES_PER_MINUTE: whole(0, 1_000_000, 120),
  OWNER_STORED_MB: whole(0, 10_000_000, 1_000),
  OWNERS_ISSUER: address.optional(),
  OWNERS_AUDIENCE: text('https://api.example.com').optional(),
  OWNERS_EMAIL_CLAIM: text('https://forecourt.example/email').optional(),
  OWNERS_JWKS_URL: address.optional(),
  OWNERS_MANAGEMENT_URL: address.optional(),
  OWNERS_MANAGEMENT_TOKEN: token('eyJhbGciOi').optional(),
  TERMS_VERSION: shortText(50, '2026-11').optional(),
  TERMS_URL: webUrl(/^https?:\/\/\S+$/, 'https://cars.example.com/terms')
    .refine((value) => value.length <= 255, 'must have 255 characters at most, such as https://cars.example.com/terms')
    .optional(),
  TERMS_CONTENT_HASH: z
    .string()
    .trim()
    .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in 64 hexadecimal digits, such as sha256sum prints')
    .optional(),
  JOBS_IN_SERVER: flag.default(true),
  JOBS_AT_ONCE: whole(1, 100, 4),
  JOB_HISTORY_DAYS: whole(1, 3650, 90),
  ...scheduleSettings,
  ...roomSettings,
  SMTP_URL: mailServer.optional(),
  MAIL_FROM: sender.default('Forecourt <forecourt@forecourt.example>'),
  METRICS_HOST: host('127.0.0.1').default('127.0.0.1'),
  METRICS_PORT: whole(0, 65_535, 9464),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug']).default('warn'),
})

const NAMES = Object.keys(schema.shape)

/**
 * The settings that an environment says, defaults filled in. An empty value counts as not said.
 * Throws WrongSetting with one sentence for each setting that is off.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const values = Object.fromEntries(NAMES.map((name) => [name, environment[name] || undefined]))
  const { settings, issues } = parseValues(values)
  const production = settings.APP_ENV === 'production'
  const publicOrigin = settings.PUBLIC_ORIGIN ?? `http://localhost:${settings.PORT}`
  const { providers, wrong } = signInProviders(environment, production)
  const together = findContradictions(settings, { production, publicOrigin, hasProvider: providers.length > 0 })
  const refused = new Set(issues.map(({ path }) => String(path[0])))
  const known = together.filter((sentence) => !sentence.split(/\W+/).some((word) => refused.has(word)))
  const problems = [...describeIssues(issues, values), ...known, ...wrong]
  if (problems.length > 0) throw new WrongSetting(problems.join('\n'))
  const localPasswords = settings.LOCAL_PASSWORDS ?? !production
  return Object.freeze({ ...settings, publicOrigin, production, signInProviders: Object.freeze(providers), localPasswords })
}

/** The settings of these values, where each one that is refused counts as not set, and why those are refused. */
function parseValues(values: Readonly<Record<string, string | undefined>>) {
  const parsed = schema.safeParse(values)
  if (parsed.success) return { settings: parsed.data, issues: [] }
  const { issues } = parsed.error
  const refused = new Set(issues.map(({ path }) => String(path[0])))
  return { settings: schema.parse(Object.fromEntries(Object.entries(values).filter(([name]) => !refused.has(name)))), issues }
}

/**
 * The settings of this process: its environment, and `.env` in the working directory for what that leaves out. The one place that
 * reads process.env.
 */
export function settingsOfProcess(): Settings {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return readSettings(process.env)
}

/** Warnings about variables of this process that are probably meant to be settings; call it after `settingsOfProcess`. */
export const findMisspelledSettings = (): string[] => findUnknownSettings(process.env, NAMES)

/**
 * Hands what a start has found out (the embedded database, the kept secret) to everything that reads the settings after it. Next sends no
 * telemetry. Payload opens a web socket to the reload of Next's development server, and keeps it open, only where `reload` asks for that:
 * otherwise a command would never end while a server runs.
 */
export function settleSettings(
  found: { DATABASE_URL: string; PAYLOAD_SECRET: string },
  { reload = false }: { reload?: boolean } = {},
): Settings {
  Object.assign(process.env, found, { NEXT_TELEMETRY_DISABLED: '1', DISABLE_PAYLOAD_HMR: String(!reload) })
  return settingsOfProcess()
}

/** When a task runs by itself; undefined where its setting says off. */
export function scheduleOf(settings: Settings, name: Extract<keyof Settings, `SCHEDULE_${string}`>): { schedule?: Schedule } {
  const cron = settings[name]
  return cron === null ? {} : { schedule: { cron, timeZone: settings.SCHEDULE_TIME_ZONE } }
}

/** What a person should hear at start although nothing is wrong enough to stop; empty when there is nothing. */
export function warnings(settings: Settings): string[] {
  const heard: string[] = []
  if (!settings.production && !isLoopback(new URL(settings.publicOrigin).hostname))
    heard.push(
      `PUBLIC_ORIGIN is ${settings.publicOrigin}, which is not a loopback address, but APP_ENV is local. Set APP_ENV=production before others use it.`,
    )
  if (settings.METRICS_PORT > 0 && !isLoopback(settings.METRICS_HOST))
    heard.push(
      `METRICS_HOST is ${settings.METRICS_HOST}: whoever reaches port ${settings.METRICS_PORT} there can read how busy this is. Let only your Prometheus reach it.`,
    )
  if (!settings.localPasswords && settings.signInProviders.length === 0)
    heard.push(
      'Nobody can sign in: passwords are off and no provider is set. Set OIDC_<NAME>_ISSUER and its like, or LOCAL_PASSWORDS=true.',
    )
  if (settings.REDIS_URL)
    heard.push(
      'REDIS_URL is set: limited requests are counted there, tries to sign in in PostgreSQL. Answers are still cached in each process.',
    )
  return heard
}
