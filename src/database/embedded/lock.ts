import { setTimeout as sleep } from 'node:timers/promises'
import { tryLock } from '../../bootstrap/lock.mjs'
import { UserError } from '../../user-error.ts'

/**
 * Takes the lock in `folder` for this process and returns the function that releases it. The lock
 * of a killed process is ignored, even if another program now has its process ID. Throws if a
 * running process holds the lock, and names that process.
 */
export async function acquireLock(folder: string, description: string): Promise<() => void> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const lock = tryLock(folder)
    if ('release' in lock) return lock.release
    if (lock.holder !== undefined) {
      throw new UserError(
        `${description} is in use by process ${lock.holder} (according to ${folder}). Stop that ` +
          'process first, or give this one another data directory.',
      )
    }
    await sleep(100 * Math.random())
  }
  throw new UserError(
    `Several processes are starting with ${description} at the same time. Start only one.`,
  )
}
