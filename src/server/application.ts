import type { Express } from 'express'
import { getPayload, type Payload, type Plugin } from 'payload'
import { installQueues } from '../../jobs/install.ts'
import { rejectEveryToken, type VerifyToken } from '../auth/owners/owner-tokens.ts'
import { ChangeFeed, toTableName } from '../cache/changes.ts'
import { getReadCache } from '../cache/read-cache.ts'
import { startFlushing } from '../audit/aggregated-entries.ts'
import { applyMigrations } from '../database/migrate.ts'
import { findOwnershipWarning } from '../database/privileges.ts'
import { WriteTracker } from '../database/request-writes.ts'
import { getPostgresAdapter, getReportingPool } from '../database/transaction.ts'
import { DatabaseWatch } from '../database/watch.ts'
import type { Settings } from '../env.ts'
import { ProviderOutageTracker } from '../auth/owners/tokens/provider-outage.ts'
import { openTempFolder } from '../uploads/temp-files.ts'
import { createApp, type AppDependencies } from './app.ts'
import { backfillIssuers } from '../auth/staff/account.ts'
import { createAdmission } from './load/admission.ts'
import { createFastDocuments } from './public-reads/fast-documents.ts'
import { KnownOwners } from './load/known-owners.ts'
import { LogContext } from './log-context.ts'
import { measureDatabase } from './metrics/database.ts'
import { type Metrics, createMetrics } from './metrics/metrics.ts'
import { getService } from '../services.ts'

/** The parts of a running Forecourt without a port, for main.ts and for tests. */
export type Application = {
  app: Express
  payload: Payload
  watch: DatabaseWatch
  metrics: Metrics
  logs: LogContext
  close: () => Promise<void>
}

type ApplicationOptions = AppOptions & {
  verifyToken?: VerifyToken
  /**
   * The database as the role that owns its tables, for migrations only; by default, the
   * application's own role.
   */
  ownerUrl?: string
  /** Additional plugins. */
  rooms?: readonly Plugin[]
  /** Aborts the start with an error once a stop has begun. */
  stopping?: { hasBegun: () => boolean }
}

/** Connects to the database in the settings, migrates its tables, and assembles the application. */
export async function createApplication(
  settings: Settings,
  url: string,
  options: ApplicationOptions = {},
): Promise<Application> {
  const watch = new DatabaseWatch(url)
  await watch.start()
  try {
    return await startApplication(watch, settings, url, options)
  } catch (error) {
    await watch.stop()
    throw error
  }
}

async function startApplication(
  watch: DatabaseWatch,
  settings: Settings,
  url: string,
  input: ApplicationOptions,
): Promise<Application> {
  const { verifyToken = rejectEveryToken, ownerUrl = url, rooms = [], stopping, ...options } = input
  const metrics = createMetrics()
  const logs = new LogContext()
  const writes = new WriteTracker()
  const provider = new ProviderOutageTracker()
  const knownOwners = new KnownOwners()
  const { buildForecourtConfig } = await import('../../payload.config.ts')
  const verify = provider.wrapVerifier(knownOwners.wrapVerifier(verifyToken))
  const config = buildForecourtConfig(settings, {
    onConnectionLost: watch.recordDisconnect,
    writes,
    verifyToken: verify,
    extraPlugins: rooms,
    getLogContext: logs.ids,
    onMail: metrics.countMail,
  })
  refuseStopped(stopping)
  const payload = await getPayload({ config })
  const services = {
    payload,
    config,
    settings,
    watch,
    metrics,
    logs,
    writes,
    provider,
    verifyToken: verify,
  }
  try {
    refuseStopped(stopping)
    return await completeStart(services, { ownerUrl, knownOwners, options })
  } catch (error) {
    await closePayload(payload, watch)
    throw error
  }
}

type Services = Omit<AppDependencies, 'admission' | 'changes' | keyof AppOptions>
type AppOptions = Pick<AppDependencies, 'panel' | 'dev' | 'publicReads'> & {
  /** Whether owners' reads and choices are cached; true by default. */
  readCache?: boolean
}
type CompletionContext = {
  ownerUrl: string
  knownOwners: KnownOwners
  options: AppOptions
}

function refuseStopped(stopping: ApplicationOptions['stopping']): void {
  if (stopping?.hasBegun()) throw new Error('Startup was interrupted.')
}

/**
 * Completes an application from a connected Payload: migrates the database and opens the other
 * services.
 */
async function completeStart(
  services: Services,
  { ownerUrl, knownOwners, options: { readCache = true, ...options } }: CompletionContext,
): Promise<Application> {
  const { payload, settings, watch, metrics, logs } = services
  const closeTempFolder = await openTempFolder(payload, settings.DATA_DIR)
  logDatabaseOutages(watch, payload)
  await prepareDatabase(payload, settings, ownerUrl)
  const changes = await connectCaches(payload, watch, readCache)
  await connectPublicCars(payload, settings)
  const admission = createAdmission({
    payload,
    settings,
    metrics,
    isKnownOwner: (token) => knownOwners.has(token),
  })
  const app = createApp({ ...services, changes, admission, ...options })
  measureDatabase(metrics, { payload, watch })
  const flushing = startFlushing(payload)
  const close = async () => {
    admission.stop()
    await flushing.stop()
    await closePayload(payload, watch)
    await closeTempFolder()
  }
  return { app, payload, watch, metrics, logs, close }
}

/** Connects Redis and the caches of this process to the changes that the database reports. */
async function connectCaches(
  payload: Payload,
  watch: DatabaseWatch,
  readCache: boolean,
): Promise<ChangeFeed> {
  const changes = new ChangeFeed(watch, getPostgresAdapter(payload))
  if (readCache) getReadCache(payload).connect(changes)
  getService(payload, 'stockCache').connect(changes)
  const redis = getService(payload, 'redis')
  redis?.connect(payload.logger)
  await redis?.waitUntilUp()
  return changes
}

/** Lets searches read the cars of a page as quickly as the public list reads its own. */
async function connectPublicCars(payload: Payload, { publicOrigin }: Settings): Promise<void> {
  const slug = 'inventory'
  const read = await createFastDocuments({
    payload,
    slug,
    table: toTableName(slug),
    origin: publicOrigin,
  })
  if (typeof read === 'string')
    payload.logger.warn(`Searches read cars with Payload's own operations: ${read}.`)
  else getService(payload, 'publicCars').connect(read)
}

/** Closes the watch before the connections, so that it reports no disconnects. */
async function closePayload(payload: Payload, watch: DatabaseWatch): Promise<void> {
  await getService(payload, 'rateLimiter').close()
  getService(payload, 'redis')?.close()
  await getService(payload, 'vinSources').offline?.close()
  await watch.stop()
  await payload.destroy()
  uncachePayload(payload)
  await getPostgresAdapter(payload).pool.end()
}

/**
 * Removes a closed Payload from Payload's cache of the process: the next `getPayload` opens a new
 * one.
 */
function uncachePayload(payload: Payload): void {
  const { _payload: cache } = globalThis as unknown as {
    _payload: Map<string, { payload: Payload | null }>
  }
  for (const [key, cached] of cache) if (cached.payload === payload) cache.delete(key)
}

/**
 * Logs when the database becomes unavailable and when it is back, and drops every connection that
 * would wait for it.
 */
function logDatabaseOutages(watch: DatabaseWatch, payload: Payload): void {
  watch.on('down', (reason) => {
    payload.logger.warn(
      `The database is unavailable: ${reason}. Every request gets status 503 until it is back.`,
    )
    getReportingPool(payload).dropAll()
  })
  watch.on('up', () => payload.logger.warn('The database is back.'))
}

/** Migrates tables and queues before anything writes to them. */
async function prepareDatabase(
  payload: Payload,
  settings: Settings,
  ownerUrl: string,
): Promise<void> {
  await applyMigrations(payload, ownerUrl)
  await installQueues(payload, ownerUrl)
  await backfillIssuers(payload, settings.signInProviders)
  const warning = await findOwnershipWarning(payload)
  if (warning) payload.logger.warn(warning)
}
