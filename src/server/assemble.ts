import type { Express, RequestHandler } from 'express'
import { getPayload, type Payload } from 'payload'
import { applyMigrations } from '../database/migrate.ts'
import { postgresOf } from '../database/transaction.ts'
import { DatabaseWatch } from '../database/watch.ts'
import type { Settings } from '../env.ts'
import { createApp } from './app.ts'

/** A Forecourt without a port: what main.ts listens with and what tests ask. */
export type Assembled = { app: Express; payload: Payload; watch: DatabaseWatch; close: () => Promise<void> }

/** Connects to the database of the settings, brings its tables up to date, and puts the application together. */
export async function assemble(
  settings: Settings,
  url: string,
  { panel, dev = false }: { panel?: RequestHandler; dev?: boolean } = {},
): Promise<Assembled> {
  const watch = new DatabaseWatch(url)
  await watch.start()
  try {
    return await around(watch, settings, url, { dev, ...(panel && { panel }) })
  } catch (error) {
    await watch.stop()
    throw error
  }
}

async function around(
  watch: DatabaseWatch,
  settings: Settings,
  url: string,
  { panel, dev }: { panel?: RequestHandler; dev: boolean },
): Promise<Assembled> {
  const { forecourt } = await import('../../payload.config.ts')
  const config = forecourt(settings, watch.noteLoss)
  const payload = await getPayload({ config })
  const { pool } = postgresOf(payload)
  watch.on('away', (reason) => {
    payload.logger.warn(`The database is away: ${reason}. Every answer is 503 until it is back.`)
    ;(pool as unknown as { dropAll(): void }).dropAll()
  })
  watch.on('up', () => payload.logger.warn('The database is back.'))
  await applyMigrations(payload, url)
  const app = createApp({ payload, config, settings, watch, dev, ...(panel && { panel }) })
  const close = async () => {
    await watch.stop()
    await payload.destroy()
    await pool.end()
  }
  return { app, payload, watch, close }
}
