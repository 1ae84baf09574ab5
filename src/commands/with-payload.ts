import { setTimeout as sleep } from 'node:timers/promises'
import { getPayload, type Payload } from 'payload'
import { CommitFailed } from '../database/commit.ts'
import { type OpenDatabase, openDatabase } from '../database/open.ts'
import { postgresOf } from '../database/transaction.ts'
import { type Settings, settingsOfProcess, settleSettings, WrongSetting } from '../env.ts'
import { countersOf } from '../guards/counters.ts'
import { surviveClosedOutput } from '../server/closed-output.ts'
import { keptSecret } from '../server/secret.ts'

/** What a command works with; `ownerUrl` is the database as the role that owns its tables, for migrations alone. */
export type Commanded = { payload: Payload; settings: Settings; ownerUrl: string; embedded: boolean }

/** How long closing may take once the work is done, and how long PostgreSQL may take to end. */
const CLOSE_MS = 5_000
const DATABASE_MS = 25_000
/** The exit codes that shells use for a program that was ended by a signal. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/** A line for the person at the terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/**
 * Runs a command on the configured database; an embedded one is shared with a running server. Then the process exits with `process.exitCode`,
 * even if a library keeps something open. A failure prints one sentence and exits with 1; the command sets any other code. A signal ends the
 * command and a PostgreSQL that it started.
 */
export async function withPayload(work: (commanded: Commanded) => Promise<void>): Promise<never> {
  surviveClosedOutput()
  const opening = openDatabase(settingsOfProcess(), { say, share: true })
  endOnSignal(opening)
  try {
    const database = await opening
    try {
      const settings = settleSettings({ DATABASE_URL: database.url, PAYLOAD_SECRET: keptSecret(settingsOfProcess()) })
      await inPayload(settings, (payload) =>
        work({ payload, settings, ownerUrl: database.ownerUrl, embedded: database.embedded }),
      )
    } finally {
      await closeDatabase(database)
    }
  } catch (error) {
    process.exitCode = 1
    say(
      error instanceof WrongSetting || error instanceof CommitFailed
        ? error.message
        : String(error instanceof Error ? error.stack : error),
    )
  }
  return endProcess()
}

/** Ends the process with the exit code that was set, once the output is flushed or its reader is gone. */
export async function endProcess(): Promise<never> {
  const taken = [process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write('', resolve)))
  await Promise.race([Promise.all(taken), sleep(CLOSE_MS)])
  process.exit()
}

async function inPayload(settings: Settings, work: (payload: Payload) => Promise<void>): Promise<void> {
  const { forecourt } = await import('../../payload.config.ts')
  const payload = await getPayload({ config: forecourt({ ...settings, LOG_LEVEL: 'warn' }) })
  try {
    await work(payload)
  } finally {
    await Promise.race([closePayload(payload), sleep(CLOSE_MS)])
  }
}

async function closePayload(payload: Payload): Promise<void> {
  const { pool } = postgresOf(payload)
  await countersOf(payload).close()
  await payload.destroy()
  await pool.end()
}

async function closeDatabase(database: OpenDatabase): Promise<void> {
  const closed = database.close().then(() => true)
  if (!(await Promise.race([closed, sleep(DATABASE_MS, false)]))) database.abandon()
}

function endOnSignal(opening: Promise<OpenDatabase>): void {
  for (const [signal, code] of Object.entries(SIGNALS))
    process.once(signal, () => {
      const ended = opening.then(closeDatabase).catch(() => undefined)
      void ended.then(() => process.exit(code))
    })
}
