import type { Payload } from 'payload'
import type pg from 'pg'
import type { PgBoss } from 'pg-boss'
import { withSchemaLock } from '../src/database/migrate.ts'
import { loadApplicationRole, grantToApplication } from '../src/database/privileges.ts'
import { getPostgresAdapter } from '../src/database/transaction.ts'
import { WrongSetting } from '../src/env.ts'
import { wrapClient, createBoss } from './boss.ts'
import { getService } from '../src/services.ts'
import { hasOldQueues, moveOldJobs, setOldQueuesAside } from './upgrade-queues.ts'

/** PostgreSQL's "permission denied". */
const DENIED = '42501'

/**
 * Creates the missing pg-boss tables and task queues as the role that owns the tables. Safe to run
 * concurrently. Throws a UserError if something is missing and this role is not allowed to create
 * it.
 */
export async function installQueues(payload: Payload, ownerUrl: string): Promise<void> {
  const missing = await findMissingQueues(payload)
  if (missing !== null && missing.length === 0) return
  const application = await loadApplicationRole(payload)
  const names = [...getService(payload, 'jobs').tasks.keys()]
  await withSchemaLock(ownerUrl, async (client) => {
    try {
      await createQueues(client, names)
    } catch (cause) {
      throw new WrongSetting(
        `The job queues (${missing?.join(', ') ?? 'all of them'}) cannot be created: ` +
          `${(cause as Error).message}. Set DATABASE_OWNER_URL to the role that owns the ` +
          'tables, here or for npm run migrate.',
        { cause },
      )
    }
    await grantToApplication(client, application)
  })
}

/** Creates the missing tables and queues. Jobs of pg-boss 10 are moved to the new tables. */
async function createQueues(client: pg.Client, names: readonly string[]): Promise<void> {
  await setOldQueuesAside(client)
  const boss = createBoss(wrapClient(client), { migrate: true })
  boss.on('error', () => undefined) // errors are thrown by the calls below
  try {
    await boss.start()
    for (const name of names) await boss.createQueue(name)
  } finally {
    await boss.stop({ graceful: false, close: false })
  }
  await moveOldJobs(client)
}

/**
 * Returns the missing queues, or null if the pg-boss tables are missing, have another version, or
 * are not granted to the application.
 */
async function findMissingQueues(payload: Payload): Promise<string[] | null> {
  const { pool } = getPostgresAdapter(payload)
  if (await hasOldQueues(pool)) return null
  const boss = createBoss(wrapClient(pool))
  const existing = await loadQueues(boss).catch((error: Error & { code?: string }) => {
    // another process is creating the tables and has not granted access yet, or it died first
    if (error.code === DENIED) return null
    throw error
  })
  return (
    existing && [...getService(payload, 'jobs').tasks.keys()].filter((name) => !existing.has(name))
  )
}

async function loadQueues(boss: PgBoss): Promise<Set<string> | null> {
  if (!(await boss.isInstalled()) || !(await isCurrentVersion(boss))) return null
  return new Set((await boss.getQueues()).map(({ name }) => name))
}

/**
 * Returns whether the tables have the current version. Starting pg-boss only checks the version
 * here: it neither polls nor schedules.
 */
async function isCurrentVersion(boss: PgBoss): Promise<boolean> {
  const current = await boss.start().then(
    () => true,
    () => false,
  )
  await boss.stop({ graceful: false, close: false })
  return current
}
