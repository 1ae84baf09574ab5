import type { Payload } from 'payload'
import type PgBoss from 'pg-boss'
import { withSchemaLock } from '../src/database/migrate.ts'
import { loadApplicationRole, grantToApplication } from '../src/database/privileges.ts'
import { getPostgresAdapter } from '../src/database/transaction.ts'
import { WrongSetting } from '../src/env.ts'
import { wrapClient, createBoss } from './boss.ts'
import { getJobQueue } from './queue.ts'

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
  await withSchemaLock(ownerUrl, async (client) => {
    const boss = createBoss(wrapClient(client), { migrate: true })
    boss.on('error', () => undefined) // what fails here throws here
    try {
      await boss.start()
      for (const name of getJobQueue(payload).tasks.keys()) await boss.createQueue(name)
    } catch (cause) {
      throw new WrongSetting(
        `The job queues (${missing?.join(', ') ?? 'all of them'}) cannot be created: ` +
          `${(cause as Error).message}. Set DATABASE_OWNER_URL to the role that owns the ` +
          'tables, here or for npm run migrate.',
        { cause },
      )
    } finally {
      await boss.stop({ graceful: false, close: false })
    }
    await grantToApplication(client, application)
  })
}

/**
 * The missing queues; null if the tables of pg-boss are missing, have another version, or are not
 * granted to the application.
 */
async function findMissingQueues(payload: Payload): Promise<string[] | null> {
  const boss = createBoss(wrapClient(getPostgresAdapter(payload).pool))
  const existing = await loadQueues(boss).catch((error: Error & { code?: string }) => {
    // another starter makes them and has not come to its grants, or died before
    if (error.code === DENIED) return null
    throw error
  })
  return existing && [...getJobQueue(payload).tasks.keys()].filter((name) => !existing.has(name))
}

async function loadQueues(boss: PgBoss): Promise<Set<string> | null> {
  const installed = (await boss.isInstalled()) as boolean
  if (!installed || !(await isCurrentVersion(boss))) return null
  return new Set((await boss.getQueues()).map(({ name }) => name))
}

/** Its start does nothing else than look at the version: it neither polls nor keeps time. */
async function isCurrentVersion(boss: PgBoss): Promise<boolean> {
  const current = await boss.start().then(
    () => true,
    () => false,
  )
  await boss.stop({ graceful: false, close: false })
  return current
}
