import type { Express } from 'express'
import { getPayload, type Payload, type Plugin } from 'payload'
import { installQueues } from '../../jobs/install.ts'
import { refuseEveryToken, type VerifyToken } from '../access/owner-tokens.ts'
import { keepSweeping } from '../audit/counted.ts'
import { applyMigrations } from '../database/migrate.ts'
import { ownershipWarning } from '../database/privileges.ts'
import { narrowSessionWrites } from '../database/session-writes.ts'
import { postgresOf } from '../database/transaction.ts'
import { DatabaseWatch } from '../database/watch.ts'
import type { Settings } from '../env.ts'
import { countersOf } from '../guards/counters.ts'
import type { OwnerFiles } from '../owners/files.ts'
import { ProviderWatch } from '../owners/tokens/away.ts'
import { createApp, type Parts } from './app.ts'
import { nameIssuers } from './sign-in/account.ts'
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
  const { verifyToken = refuseEveryToken, ownerUrl = url, rooms = [], files, ...options } = said
  const metrics = openMetrics()
  const logs = new LogContext()
  const provider = new ProviderWatch()
  const { forecourt } = await import('../../payload.config.ts')
  const config = forecourt(settings, {
    onLoss: watch.noteLoss,
    verifyToken: provider.noting(verifyToken),
    rooms,
    ...(files && { files }),
    about: logs.ids,
    onMail: metrics.countMail,
  })
  const payload = await getPayload({ config })
  const { pool } = postgresOf(payload)
  watch.on('away', (reason) => {
    payload.logger.warn(`The database is away: ${reason}. Every answer is 503 until it is back.`)
    ;(pool as unknown as { dropAll(): void }).dropAll()
  })
  watch.on('up', () => payload.logger.warn('The database is back.'))
  narrowSessionWrites(postgresOf(payload))
  await applyMigrations(payload, ownerUrl)
  await installQueues(payload, ownerUrl)
  await nameIssuers(payload, settings.signInProviders)
  const warning = await ownershipWarning(payload)
  if (warning) payload.logger.warn(warning)
  const app = createApp({ payload, config, settings, watch, metrics, logs, provider, ...options })
  watchDatabase(metrics, { payload, watch })
  const sweeping = keepSweeping(payload)
  const close = async () => {
    await sweeping.stop()
    await countersOf(payload).close()
    await watch.stop()
    await payload.destroy()
    await pool.end()
  }
  return { app, payload, watch, metrics, logs, close }
}
