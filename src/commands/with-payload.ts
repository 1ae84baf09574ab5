import { setTimeout as sleep } from 'node:timers/promises'
import { getPayload, type Payload } from 'payload'
import { refuseMissingMigrations } from '../database/migrate.ts'
import { type OpenDatabase, openDatabase } from '../database/open.ts'
import { getPostgresAdapter } from '../database/transaction.ts'
import { type Settings, loadSettings, resolveSettings, WrongSetting } from '../env.ts'
import { findFolderProblems } from '../folders.ts'
import { loadOrCreateSecret } from '../auth/sessions/stored-secret.ts'
import { printLine } from './run-command.ts'
import { getService } from '../services.ts'

/**
 * The context of a command. `ownerUrl` is the URL of the database for the role that owns its
 * tables, for migrations only.
 */
export type CommandContext = {
  payload: Payload
  settings: Settings
  ownerUrl: string
  embedded: boolean
}

/**
 * The migrations that the database must have for the command: all of this version and no others
 * (`current`), any of this version (`older`), or any at all.
 */
type Schema = 'current' | 'older' | 'any'

/** The timeouts for closing after the work, and for stopping PostgreSQL. */
const CLOSE_MS = 5_000
const DATABASE_MS = 25_000
/** The exit codes that shells use for a program that a signal ended. */
const SIGNAL_EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/**
 * Runs the work of a command on the configured database; an embedded one is shared with a running
 * server. A signal ends the command, and a PostgreSQL that it started.
 */
export async function withPayload(
  work: (commanded: CommandContext) => Promise<void>,
  { schema = 'current' }: { schema?: Schema } = {},
): Promise<void> {
  const configured = loadSettings()
  const problems = findFolderProblems(configured, { writes: false })
  if (problems.length > 0) throw new WrongSetting(problems.join('\n'))
  const opening = openDatabase(configured, {
    print: printLine,
    share: true,
    newer: schema === 'any',
  })
  const signal = endOnSignal(opening)
  try {
    const database = await opening
    try {
      if (schema === 'current') await refuseMissingMigrations(database.ownerUrl)
      const settings = resolveSettings({
        DATABASE_URL: database.url,
        PAYLOAD_SECRET: loadOrCreateSecret(configured),
      })
      await runInPayload(settings, (payload) =>
        work({ payload, settings, ownerUrl: database.ownerUrl, embedded: database.embedded }),
      )
    } finally {
      await closeDatabase(database)
    }
  } catch (error) {
    // a failure after a signal is caused by it, and the process exits with its code
    await signal.ending
    throw error
  }
}

async function runInPayload(
  settings: Settings,
  work: (payload: Payload) => Promise<void>,
): Promise<void> {
  const { buildForecourtConfig } = await import('../../payload.config.ts')
  const payload = await getPayload({
    config: buildForecourtConfig({ ...settings, LOG_LEVEL: 'warn' }),
  })
  try {
    await work(payload)
  } finally {
    await Promise.race([closePayload(payload), sleep(CLOSE_MS)])
  }
}

async function closePayload(payload: Payload): Promise<void> {
  const { pool } = getPostgresAdapter(payload)
  await getService(payload, 'rateLimiter').close()
  await payload.destroy()
  await pool.end()
}

async function closeDatabase(database: OpenDatabase): Promise<void> {
  const closed = database.close().then(() => true)
  if (!(await Promise.race([closed, sleep(DATABASE_MS, false)]))) database.abandon()
}

/**
 * Ends the process on a signal. `ending` resolves immediately if there was no signal, and never
 * after one.
 */
function endOnSignal(opening: Promise<OpenDatabase>): { readonly ending: Promise<void> } {
  let ending = Promise.resolve()
  for (const [signal, code] of Object.entries(SIGNAL_EXIT_CODES))
    process.once(signal, () => {
      const closed = opening.then(closeDatabase).catch(() => undefined)
      ending = closed.then(() => process.exit(code))
    })
  return {
    get ending() {
      return ending
    },
  }
}
