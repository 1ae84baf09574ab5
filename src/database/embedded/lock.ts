import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { UserError } from '../../user-error.ts'
import { readBirth, getSystemErrorCode, isAlive } from './processes.ts'

/**
 * Locks `file` for this process and returns the function that releases it. The file identifies its
 * holder by process ID and start time, so the lock of a killed process is taken over, even if
 * another program now has that ID. Throws if a running process holds the lock, and names that
 * process.
 */
export async function acquireLock(file: string, description: string): Promise<() => Promise<void>> {
  const draft = `${file}.${randomUUID()}`
  const content = `${process.pid} ${readBirth(process.pid) ?? ''}\n`
  await writeFile(draft, content, { mode: 0o600 })
  try {
    // Each round takes the lock, finds a running holder, or removes the file of one dead holder.
    for (let round = 0; round < 10; round++) {
      if (await tryLink(draft, file)) return () => rm(file, { force: true })
      await removeStale(file, draft, description)
    }
  } finally {
    await rm(draft, { force: true })
  }
  throw new UserError(
    `${file} keeps changing: several processes are starting with ${description}. Start only one.`,
  )
}

/** The running process that holds `file`; undefined if there is no holder, or only a dead one. */
export async function findHolder(file: string): Promise<number | undefined> {
  return findLivingHolder(await readContent(file))
}

function findLivingHolder(content: string | undefined): number | undefined {
  const [pid, birth = ''] = content?.trim().split(' ') ?? []
  const number = Number(pid)
  return number > 0 && isAlive(number) && (readBirth(number) ?? '') === birth ? number : undefined
}

async function removeStale(file: string, draft: string, description: string): Promise<void> {
  const content = await readContent(file)
  if (content === undefined) return
  const holder = findLivingHolder(content)
  if (holder !== undefined) {
    throw new UserError(
      `${description} is in use by process ${holder} (according to ${file}). Stop that ` +
        'process first, or give this one another data directory.',
    )
  }
  // The rename is the atomic step: of two processes that see the same dead holder, one moves the
  // file. A new lock that was moved by mistake is moved back.
  const aside = `${draft}.stale`
  try {
    await rename(file, aside)
  } catch (error) {
    if (getSystemErrorCode(error) === 'ENOENT') return
    throw error
  }
  if ((await readContent(aside)) !== content) await tryLink(aside, file)
  await rm(aside, { force: true })
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (getSystemErrorCode(error) === 'EEXIST') return false
    throw error
  }
}

async function readContent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (getSystemErrorCode(error) === 'ENOENT') return undefined
    throw error
  }
}
