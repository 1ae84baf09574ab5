import type { Express } from 'express'
import { getPayload, type Payload, type Plugin } from 'payload'
import { installQueues } from '../../jobs/install.ts'
import { refuseEveryToken, type VerifyToken } from '../access/owner-tokens.ts'
import { keepSweeping } from '../audit/counted.ts'
import { applyMigrations } from '../database/migrate.ts'
import { ownershipWarning } from '../database/privileges.ts'
import { narrowSessionWrites } from '../database/session-writes.ts'
import { WriteTracker } from '../database/request-writes.ts'
import { postgresOf } from '../database/transaction.ts'
import { DatabaseWatch } from '../database/watch.ts'
import type { Settings } from '../env.ts'
import { countersOf } from '../guards/counters.ts'
import type { OwnerFiles } from '../owners/files.ts'
import { ProviderWatch } from '../owners/tokens/away.ts'
import { openTempFolder } from '../uploads/temp-files.ts'
import { createApp, type Parts } from './app.ts'
import { nameIssuers } from './sign-in/account.ts'
import { openAdmission } from './load/admission.ts'
import { KnownOwners } from './load/known-owners.ts'
import { LogContext } from './log-context.ts'
import { watchDatabase } from './metrics/database.ts'
import { type Metrics, openMetrics } from './metrics/metrics.ts'

/** A Forecourt without a port: what main.ts listens with and what tests ask. */
export type Assembled = {
  app: Express
  payload: Payload
  watch: DatabaseWatch
  metrics: Metrics
  logs: LogContext
  close: () => Promise<void>
}

type Options = Pick<Parts, 'panel' | 'dev' | 'publicReads'> & {
  verifyToken?: VerifyToken
  /** The database as the role that owns its tables, for migrations alone; the application's own role where nobody says. */
  ownerUrl?: string
  /** Where owners' files are. */
  files?: OwnerFiles
  /** Rooms beside the product's own. */
  rooms?: readonly Plugin[]
  /** Ends early, with an error, once a stop has begun. */
  stopping?: { hasBegun: () => boolean }
}

/** Connects to the database of the settings, brings its tables up to date, and puts the application together. */
export async function assemble(settings: Settings, url: string, options: Options = {}): Promise<Assembled> {
  const watch = new DatabaseWatch(url)
  await watch.start()
  try {
    return await around(watch, settings, url, options)
  } catch (error) {
    await watch.stop()
    throw error
  }
}

async function around(watch: DatabaseWatch, settings: Settings, url: string, said: Options): Promise<Assembled> {
  const { verifyToken = refuseEveryToken, ownerUrl = url, rooms = [], files, stopping, ...options } = said
  const metrics = openMetrics()
  const logs = new LogContext()
  const writes = new WriteTracker()
  const provider = new ProviderWatch()
  const knownOwners = new KnownOwners()
  const { forecourt } = await import('../../payload.config.ts')
  const verify = provider.noting(knownOwners.noting(verifyToken))
  const config = forecourt(settings, {
    onLoss: watch.noteLoss,
    writes,
    verifyToken: verify,
    rooms,
    ...(files && { files }),
    about: logs.ids,
    onMail: metrics.countMail,
  })
  refuseStopped(stopping)
  const payload = await getPayload({ config })
  const services = { payload, config, settings, watch, metrics, logs, writes, provider, verifyToken: verify }
  try {
    refuseStopped(stopping)
    return await complete(services, { ownerUrl, knownOwners, options })
  } catch (error) {
    await closePayload(payload, watch)
    throw error
  }
}

type Services = Omit<Parts, 'admission' | keyof Unlisted>
type Unlisted = Pick<Parts, 'panel' | 'dev' | 'publicReads'>
type Rest = { ownerUrl: string; knownOwners: KnownOwners; options: Unlisted }

function refuseStopped(stopping: Options['stopping']): void {
  if (stopping?.hasBegun()) throw new Error('The start was stopped.')
}

/** From a Payload that is connected to a Forecourt: migrates the database, and opens what stands around. */
async function complete(services: Services, { ownerUrl, knownOwners, options }: Rest): Promise<Assembled> {
  const { payload, settings, watch, metrics, logs } = services
  const closeTempFolder = await openTempFolder(payload, settings.DATA_DIR)
  followDatabase(watch, payload)
  await prepareDatabase(payload, settings, ownerUrl)
  const admission = openAdmission({ payload, settings, metrics, isKnownOwner: (token) => knownOwners.has(token) })
  const app = createApp({ ...services, admission, ...options })
  watchDatabase(metrics, { payload, watch })
  const sweeping = keepSweeping(payload)
  const close = async () => {
    admission.stop()
    await sweeping.stop()
    await closePayload(payload, watch)
    await closeTempFolder()
  }
  return { app, payload, watch, metrics, logs, close }
}

/** The watch ends before the connections do, and so reports no loss. */
async function closePayload(payload: Payload, watch: DatabaseWatch): Promise<void> {
  await countersOf(payload).close()
  await watch.stop()
  await payload.destroy()
  forgetPayload(payload)
  await postgresOf(payload).pool.end()
}

/** Removes a closed Payload from Payload's cache of the process: the next `getPayload` opens a new one. */
function forgetPayload(payload: Payload): void {
  const { _payload: cache } = globalThis as unknown as { _payload: Map<string, { payload: Payload | null }> }
  for (const [key, cached] of cache) if (cached.payload === payload) cache.delete(key)
}

/** Logs when the database becomes unavailable and returns, and drops every connection that would wait for it. */
function followDatabase(watch: DatabaseWatch, payload: Payload): void {
  const pool = postgresOf(payload).pool as unknown as { dropAll(): void }
  watch.on('away', (reason) => {
    payload.logger.warn(`The database is away: ${reason}. Every answer is 503 until it is back.`)
    pool.dropAll()
  })
  watch.on('up', () => payload.logger.warn('The database is back.'))
}

/** Brings tables and queues up to date, before anybody writes to them. */
async function prepareDatabase(payload: Payload, settings: Settings, ownerUrl: string): Promise<void> {
  narrowSessionWrites(postgresOf(payload))
  await applyMigrations(payload, ownerUrl)
  await installQueues(payload, ownerUrl)
  await nameIssuers(payload, settings.signInProviders)
  const warning = await ownershipWarning(payload)
  if (warning) payload.logger.warn(warning)
}
