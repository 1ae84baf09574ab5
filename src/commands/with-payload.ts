import { getPayload, type Payload } from 'payload'
import { openDatabase } from '../database/open.ts'
import { postgresOf } from '../database/transaction.ts'
import { type Settings, settingsOfProcess, settleSettings, WrongSetting } from '../env.ts'
import { keptSecret } from '../server/secret.ts'

/** What a command works with; `ownerUrl` is the database as the role that owns its tables, for migrations alone. */
export type Commanded = { payload: Payload; settings: Settings; ownerUrl: string; embedded: boolean }

/** A line for the person at the terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/**
 * Runs a command on the database that the settings name, the embedded one included: a running product's is used where there is one.
 * A failure is one sentence and exit code 1; the command decides about every other code.
 */
export async function withPayload(work: (commanded: Commanded) => Promise<void>): Promise<void> {
  try {
    const database = await openDatabase(settingsOfProcess(), { say, share: true })
    try {
      const settings = settleSettings({ DATABASE_URL: database.url, PAYLOAD_SECRET: keptSecret(settingsOfProcess()) })
      await inPayload(settings, (payload) =>
        work({ payload, settings, ownerUrl: database.ownerUrl, embedded: database.embedded }),
      )
    } finally {
      await database.close()
    }
  } catch (error) {
    process.exitCode = 1
    say(error instanceof WrongSetting ? error.message : String(error instanceof Error ? error.stack : error))
  }
}

async function inPayload(settings: Settings, work: (payload: Payload) => Promise<void>): Promise<void> {
  const { forecourt } = await import('../../payload.config.ts')
  const payload = await getPayload({ config: forecourt({ ...settings, LOG_LEVEL: 'warn' }) })
  try {
    await work(payload)
  } finally {
    const { pool } = postgresOf(payload)
    await payload.destroy()
    await pool.end()
  }
}
