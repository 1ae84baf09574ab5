import { existsSync } from 'node:fs'
import { z } from 'zod'
import { isLoopback } from './domain/loopback.ts'
import { ownerSettingProblems } from './domain/owner-settings.ts'
import { allowedOriginProblems } from './egress/allowed-origins.ts'
import { mailAddressProblem, mailSender } from './domain/mail-address.ts'
import { type SignInProvider, signInProviders } from './domain/sign-in-provider.ts'
import { smtpServer } from './mail/smtp-url.ts'
import { roomSettings } from './room-settings.ts'
import { scheduleSettings } from './schedule-settings.ts'
import { address, domains, flag, ORIGIN, origins, problemOf, text, url, webUrl, whole } from './setting-kinds.ts'

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
  APP_ENV: z.enum(['local', 'production'], 'must be local or production').default('local'),
  HOST: text.default('127.0.0.1'),
  PORT: whole(1, 65_535).default(3000),
  MAX_CONNECTIONS: whole(10, 1_000_000).default(8_000),
  PUBLIC_ORIGIN: webUrl(ORIGIN, 'https://cars.example.com, without a path').optional(),
  DATA_DIR: text.default('.data'),
  MEDIA_DIR: text.default('media'),
  DATABASE_URL: url(/^postgres(ql)?:\/\/\S+$/, 'postgres://user:password@host:5432/name').optional(),
  DATABASE_OWNER_URL: url(/^postgres(ql)?:\/\/\S+$/, 'postgres://owner:password@host:5432/name').optional(),
  DB_POOL_MAX: whole(2, 1000).default(10),
  DB_IDLE_SECONDS: whole(1, 86_400).default(30),
  REDIS_URL: url(/^rediss?:\/\/\S+$/, 'redis://host:6379').optional(),
  PAYLOAD_SECRET: text.min(32, 'must have 32 characters or more').optional(),
  FIRST_ADMIN_EMAIL: z
    .email('must be an e-mail address')
    .refine((said) => mailAddressProblem(said) === null, 'must be an e-mail address')
    .optional(),
  FIRST_ADMIN_PASSWORD: z.string().min(12, 'must have 12 characters or more').optional(),
  LOCAL_PASSWORDS: flag.optional(),
  OIDC_ALLOWED_DOMAINS: domains.default([]),
  DEMO_DATA: flag.default(true),
  CORS_ORIGINS: origins
    .pipe(z.array(z.string().regex(ORIGIN, 'must be origins such as https://shop.example.com, separated by commas')))
    .default([]),
  TRUSTED_PROXIES: whole(0, 20).default(0),
  UPLOADS_AT_ONCE: whole(1, 1000).default(8),
  UPLOADS_AT_ONCE_EACH: whole(1, 1000).default(4),
  BODY_STALL_SECONDS: whole(1, 600).default(20),
  API_REQUESTS_AT_ONCE: whole(4, 10_000).default(8),
  PANEL_REQUESTS_AT_ONCE: whole(4, 1_000).default(4),
  ANONYMOUS_READS_PER_MINUTE: whole(0, 10_000_000).default(1_200),
  ANONYMOUS_RENDERS_PER_MINUTE: whole(0, 10_000_000).default(120),
  OWNER_WRITES_PER_MINUTE: whole(0, 1_000_000).default(120),
  OWNER_STORED_MB: whole(0, 10_000_000).default(1_000),
  OWNERS_ISSUER: address.optional(),
  OWNERS_AUDIENCE: text.optional(),
  OWNERS_EMAIL_CLAIM: text.optional(),
  OWNERS_JWKS_URL: address.optional(),
  OWNERS_MANAGEMENT_URL: address.optional(),
  OWNERS_MANAGEMENT_TOKEN: text.optional(),
  TERMS_VERSION: text.max(50, 'must have 50 characters at most').optional(),
  TERMS_URL: webUrl(/^https?:\/\/\S+$/, 'https://cars.example.com/terms')
    .pipe(z.string().max(255))
    .optional(),
  TERMS_CONTENT_HASH: text.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in 64 hexadecimal digits').optional(),
  JOBS_IN_SERVER: flag.default(true),
  JOBS_AT_ONCE: whole(1, 100).default(4),
  JOB_HISTORY_DAYS: whole(1, 3650).default(90),
  ...scheduleSettings,
  ...roomSettings,
  SMTP_URL: text.superRefine(problemOf(smtpServer)).optional(),
  MAIL_FROM: text.superRefine(problemOf(mailSender)).default('Forecourt <forecourt@forecourt.example>'),
  METRICS_HOST: text.default('127.0.0.1'),
  METRICS_PORT: whole(0, 65_535).default(9464),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug'], 'must be fatal, error, warn, info or debug').default('warn'),
})

/** A setting that cannot be used. The message names it, its value where that is no secret, and what would do. */
export class WrongSetting extends Error {
  override readonly name = 'WrongSetting'
}

/**
 * The settings that an environment says, defaults filled in. An empty value counts as not said.
 * Throws WrongSetting with one sentence for each setting that is off.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const said = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, environment[name] || undefined]))
  const parsed = schema.safeParse(said)
  if (!parsed.success) throw new WrongSetting(parsed.error.issues.map((issue) => sentence(issue, said)).join('\n'))
  const settings = parsed.data
  const production = settings.APP_ENV === 'production'
  const publicOrigin = settings.PUBLIC_ORIGIN ?? `http://localhost:${settings.PORT}`
  const { providers, wrong: unusable } = signInProviders(environment, production)
  const wrong = [...contradictions(settings, production, publicOrigin, providers.length > 0), ...unusable]
  if (wrong.length > 0) throw new WrongSetting(wrong.join('\n'))
  const localPasswords = settings.LOCAL_PASSWORDS ?? !production
  return Object.freeze({ ...settings, publicOrigin, production, signInProviders: Object.freeze(providers), localPasswords })
}

/**
 * The settings of this process: its environment, and `.env` in the working directory for what that leaves out. The one place that
 * reads process.env.
 */
export function settingsOfProcess(): Settings {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return readSettings(process.env)
}

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
      `PUBLIC_ORIGIN is ${settings.publicOrigin}, which is not this machine, but APP_ENV is local. Set APP_ENV=production before others use it.`,
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

function contradictions(
  settings: z.infer<typeof schema>,
  production: boolean,
  publicOrigin: string,
  hasProvider: boolean,
): string[] {
  const wrong: string[] = []
  if (production && !publicOrigin.startsWith('https://'))
    wrong.push(
      `PUBLIC_ORIGIN is ${publicOrigin}, but APP_ENV=production needs an https origin, such as https://cars.example.com.`,
    )
  if (production && !settings.PAYLOAD_SECRET)
    wrong.push(
      'PAYLOAD_SECRET is not set, but APP_ENV=production needs one of 32 characters or more: openssl rand -hex 32 makes it.',
    )
  if (settings.DATABASE_OWNER_URL && !settings.DATABASE_URL)
    wrong.push(
      'DATABASE_OWNER_URL is set without DATABASE_URL: say both, two roles of one database, or neither for the embedded one.',
    )
  if (settings.FIRST_ADMIN_PASSWORD ? !settings.FIRST_ADMIN_EMAIL : settings.FIRST_ADMIN_EMAIL && !hasProvider)
    wrong.push(
      'FIRST_ADMIN_EMAIL and FIRST_ADMIN_PASSWORD go together: set both or neither. With a provider, the address alone is enough.',
    )
  const inward = allowedOriginProblems('SCRAPING_ALLOWED_ORIGINS', settings.SCRAPING_ALLOWED_ORIGINS, production)
  return [...wrong, ...inward, ...ownerSettingProblems(settings, production)]
}

const SECRET = /SECRET|PASSWORD|URL|_(TOKEN|KEY)$/

/** Whether a setting holds a secret, or a URL that may have a password in it. */
export const isSecretSetting = (name: string): boolean => SECRET.test(name)

function sentence(issue: z.core.$ZodIssue, said: Readonly<Record<string, string | undefined>>): string {
  const name = String(issue.path[0])
  const value = isSecretSetting(name) ? '' : ` is "${said[name] ?? ''}", but it`
  return `${name}${value} ${issue.message.replace(/^Too (big|small): expected number to be /, 'must be ')}. .env.example lists every setting with its default.`
}
