import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import {
  createServer as createSocketServer,
  type AddressInfo,
  type Server as SocketServer,
} from 'node:net'
import { Writable } from 'node:stream'
import { sql } from '@payloadcms/db-postgres'
import type { Plugin } from 'payload'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import { startWork } from '../../src/server/work.ts'
import { type IssuedForecourt, openIssued } from './issued.ts'
import { type OidcPeer, openOidcPeer } from './oidc-peer.ts'
import { buildCallbackUrl, buildProviderSettings } from './oidc-stage.ts'
import { findRedis, openRedis } from './redis-peer.ts'
import { createMarker, OutputRecorder } from './secret-markers.ts'
import { startSmtpPeer } from './smtp-peer.ts'
import { aTask, buildRoom } from './work.ts'

/** Settings that hold a secret, or a URL with a password in it. */
export const SECRET_SETTINGS =
  `DATABASE_URL DATABASE_OWNER_URL REDIS_URL PAYLOAD_SECRET PAYLOAD_SECRET_PREVIOUS FIRST_ADMIN_PASSWORD OWNERS_MANAGEMENT_TOKEN SMTP_URL AUTODEV_API_KEY
  PLACES_API_KEY CAPTCHA_SECRET S3_SECRET_ACCESS_KEY
  OIDC_HOUSE_CLIENT_SECRET OIDC_WRONG_CLIENT_SECRET OIDC_AWAY_CLIENT_SECRET`.split(/\s+/)

/** Settings that anybody may know. */
export const OPEN_SETTINGS =
  `APP_ENV HOST PORT PUBLIC_ORIGIN DATA_DIR MEDIA_DIR DB_POOL_MAX DB_IDLE_SECONDS FIRST_ADMIN_EMAIL LOCAL_PASSWORDS
  OIDC_ALLOWED_DOMAINS DEMO_DATA CORS_ORIGINS TRUSTED_PROXIES OWNERS_ISSUER OWNERS_AUDIENCE OWNERS_EMAIL_CLAIM OWNERS_JWKS_URL
  OWNERS_MANAGEMENT_URL TERMS_VERSION TERMS_URL TERMS_CONTENT_HASH JOBS_IN_SERVER JOBS_AT_ONCE JOB_HISTORY_DAYS SCHEDULE_TIME_ZONE
  SCHEDULE_JEKYLL_EXPORT SCHEDULE_DEALER_CENTER_EXPORT SCHEDULE_COMPETITOR_SCRAPE SCHEDULE_MARKET_RESEARCH SCHEDULE_MARKET_CLEAN_UP
  SCHEDULE_STORAGE_WATCH SCHEDULE_PRUNE_SESSIONS SCHEDULE_PRUNE_VIN_CACHE SCHEDULE_PRUNE_HISTORY SCHEDULE_PRUNE_IDEMPOTENCY_KEYS SCHEDULE_PURGE_ACCOUNTS
  SCHEDULE_PRUNE_MAILS SCHEDULE_PRUNE_SCRAPES SCHEDULE_REFRESH_STATIONS SCHEDULE_SEAL_AUDIT_LOG SCRAPING_CONTACT SCRAPING_SOLD_AFTER_DAYS SCRAPING_ALLOWED_ORIGINS SCRAPING_ALLOWED_GAP_MS
  CHROMIUM_PATH AUTODEV_URL AUTODEV_GAP_MS PLACES_URL MARKET_ZIP MARKET_RADIUS_MILES MARKET_RECENCY_DAYS MARKET_SWEEP_CARS
  DUE_SOON_DAYS DUE_SOON_MILES MARKET_DIGEST_HOUR MARKET_FAR_PERCENT MARKET_GOAL MARKET_IN_LINE_PERCENT MARKET_LATITUDE MARKET_LONGITUDE SCHEDULE_MARKET_DIGEST MAIL_FROM METRICS_HOST
  SCHEDULE_CARSFORSALE_EXPORT SCHEDULE_AUTOTRADER_EXPORT SCHEDULE_CARGURUS_EXPORT SCHEDULE_FACEBOOK_EXPORT SCHEDULE_GOOGLE_EXPORT
  SCHEDULE_UPDATE_FEEDS SCHEDULE_PRUNE_DELIVERIES SCHEDULE_SWEEP_PHOTOS SCHEDULE_CHECK_PHOTOS FEED_ALLOWED_SERVERS JEKYLL_FOLDER CLAMAV_URL
  CAPTCHA_PROVIDER CAPTCHA_URL SCHEDULE_PRUNE_SUBMISSIONS SCHEDULE_END_HOLDS VIN_OFFLINE VPIC_URL NHTSA_RECALLS_URL FUEL_ECONOMY_URL
  METRICS_PORT LOG_LEVEL UPLOADS_AT_ONCE UPLOADS_AT_ONCE_EACH BODY_STALL_SECONDS SCHEDULE_SWEEP_FILES MAX_CONNECTIONS
  API_REQUESTS_AT_ONCE PANEL_REQUESTS_AT_ONCE ANONYMOUS_READS_PER_MINUTE ANONYMOUS_RENDERS_PER_MINUTE OWNER_WRITES_PER_MINUTE OWNER_STORED_MB TIER_LIMITS
  CURRENCY STORAGE S3_ENDPOINT S3_BUCKET S3_REGION S3_ACCESS_KEY_ID S3_PREFIX`.split(/\s+/)

/**
 * A Forecourt with a marker in every secret setting, among peers that refuse it and repeat what it
 * said to them.
 */
export type SecretStage = {
  forecourt: IssuedForecourt
  peer: OidcPeer
  recorder: OutputRecorder
  /**
   * Every secret setting, for a process of its own: its Redis lets it in, as it would not start
   * otherwise.
   */
  environment: Record<string, string>
  close: () => Promise<void>
}

export async function openSecretStage(): Promise<SecretStage> {
  const recorder = new OutputRecorder()
  const [peer, redis, management] = [
    await openOidcPeer(['HOUSE', 'WRONG'].map((name) => buildCallbackUrl(name))),
    await listenOnLoopback(createRefusingRedis()),
    await listenOnLoopback(createRepeatingServer()),
  ]
  const password = createMarker('SMTP_URL')
  const message =
    `you said ${password}, which is ` +
    `${Buffer.from(`\0forecourt\0${password}`).toString('base64')}`
  const smtp = await startSmtpPeer({
    signIn: { user: 'forecourt', pass: 'another password', refusal: message },
  })
  const environment = {
    PAYLOAD_SECRET: createMarker('PAYLOAD_SECRET'),
    PAYLOAD_SECRET_PREVIOUS: createMarker('PAYLOAD_SECRET_PREVIOUS'),
    FIRST_ADMIN_EMAIL: 'first@forecourt.example',
    FIRST_ADMIN_PASSWORD: createMarker('FIRST_ADMIN_PASSWORD'),
    REDIS_URL: `redis://forecourt:${createMarker('REDIS_URL')}@127.0.0.1:${redis.port}`,
    OWNERS_MANAGEMENT_URL: `http://127.0.0.1:${management.port}`,
    OWNERS_MANAGEMENT_TOKEN: createMarker('OWNERS_MANAGEMENT_TOKEN'),
    AUTODEV_URL: `http://127.0.0.1:${management.port}`,
    AUTODEV_API_KEY: createMarker('AUTODEV_API_KEY'),
    PLACES_URL: `http://127.0.0.1:${management.port}`,
    PLACES_API_KEY: createMarker('PLACES_API_KEY'),
    CAPTCHA_PROVIDER: 'turnstile',
    CAPTCHA_URL: `http://127.0.0.1:${management.port}`,
    CAPTCHA_SECRET: createMarker('CAPTCHA_SECRET'),
    S3_ENDPOINT: `http://127.0.0.1:${management.port}`,
    S3_BUCKET: 'forecourt-files',
    S3_ACCESS_KEY_ID: 'forecourt',
    S3_SECRET_ACCESS_KEY: createMarker('S3_SECRET_ACCESS_KEY'),
    SMTP_URL: `smtp://forecourt:${password}@127.0.0.1:${smtp.port}`,
    ...buildProviderSettings('HOUSE', peer),
    ...buildProviderSettings('WRONG', {
      ...peer,
      clientSecret: createMarker('OIDC_WRONG_CLIENT_SECRET'),
    }),
    ...buildProviderSettings('AWAY', {
      ...peer,
      issuer: 'http://127.0.0.1:9',
      clientSecret: createMarker('OIDC_AWAY_CLIENT_SECRET'),
    }),
    OIDC_ALLOWED_DOMAINS: 'dealer.example',
    LOG_LEVEL: 'debug',
  }
  const jobSecret = createMarker('value-of-a-job')
  recorder.addSecret('value-of-a-job', jobSecret)
  const rooms = [recordingLogger(recorder), buildRoom(createFailingStatementRoom(jobSecret))]
  const forecourt = await openIssued(environment, rooms)
  const work = await startWork(forecourt, forecourt.settings, { queues: ['test', 'mail'] })
  const settings = {
    ...environment,
    DATABASE_URL: forecourt.url,
    DATABASE_OWNER_URL: forecourt.ownerUrl,
  }
  for (const name of SECRET_SETTINGS)
    recorder.addSecret(name, getSecret(String(settings[name as keyof typeof settings])))
  const allowing = findRedis()
    ? await openRedis({ name: 'forecourt', password: getSecret(environment.REDIS_URL) })
    : undefined
  const close = async () => {
    await work.stop()
    await forecourt.close()
    await Promise.all([
      peer.stop(),
      smtp.stop(),
      redis.close(),
      management.close(),
      allowing?.kill(),
    ])
  }
  return {
    forecourt,
    peer,
    recorder,
    environment: { ...settings, REDIS_URL: allowing?.url ?? '' },
    close,
  }
}

/** What of a setting is secret: of a URL its password. */
const getSecret = (setting: string) =>
  URL.canParse(setting) ? decodeURIComponent(new URL(setting).password) : setting

/** A job that fails over a statement with a secret among its values. */
const createFailingStatementRoom = (secret: string) =>
  aTask('fails-by-statement', async ({ payload }) => {
    const { drizzle } = getPostgresAdapter(payload)
    await drizzle.execute(
      sql`insert into user_profiles (auth0_sub, email) values (${secret}, ${null})`,
    )
  })

/** Payload's own logger with the product's options, at every level. */
function recordingLogger(recorder: OutputRecorder): Plugin {
  return (config) => {
    if (typeof config.logger !== 'object' || !('options' in config.logger))
      throw new Error('The logger has no options.')
    const write = (chunk: Buffer, _encoding: string, done: () => void) => {
      recorder.record('the log', chunk.toString())
      done()
    }
    return {
      ...config,
      logger: { options: config.logger.options, destination: new Writable({ write }) },
    }
  }
}

/** A Redis that lets nobody in, whatever they say. */
function createRefusingRedis(): SocketServer {
  return createSocketServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', () =>
      socket.write('-WRONGPASS invalid username-password pair or user is disabled.\r\n'),
    )
  })
}

/** A management API that is unwell, and answers with everything that it was told. */
function createRepeatingServer(): Server {
  return createServer((req, res) => {
    res
      .writeHead(400, { 'content-type': 'application/json' })
      .end(JSON.stringify({ message: 'wrong', headers: req.headers }))
  })
}

async function listenOnLoopback(
  server: Server | SocketServer,
): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<{ destroy: () => void }>()
  server.on('connection', (socket: { destroy: () => void }) => sockets.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  }
  return { port: (server.address() as AddressInfo).port, close }
}

export const createAddress = () => `${randomUUID()}@forecourt.example`
