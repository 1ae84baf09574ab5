import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { UserError } from '../../user-error.ts'
import { readBirth, getSystemErrorCode, isAlive } from './processes.ts'

/**
 * Holds `file` for this process and answers the function that lets go of it. The file names its
 * holder (process id and birth), so the lock of a killed process is taken over, also when its
 * number has been given to another program since. Throws when a living process holds it, naming
 * that process.
 */
export async function acquireLock(file: string, description: string): Promise<() => Promise<void>> {
  const draft = `${file}.${randomUUID()}`
  const content = `${process.pid} ${readBirth(process.pid) ?? ''}\n`
  await writeFile(draft, content, { mode: 0o600 })
  try {
    // Each round either takes the lock, finds a living holder, or removes one dead holder's file.
    for (let round = 0; round < 10; round++) {
      if (await tryLink(draft, file)) return () => rm(file, { force: true })
      await removeStale(file, draft, description)
    }
  } finally {
    await rm(draft, { force: true })
  }
  throw new UserError(
    `${file} keeps changing: several processes are starting on ${description}. Start only one.`,
  )
}

/** The living process that holds `file`; undefined when nobody does, or only a dead one. */
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
  // Moving is the atomic step: of two starters that saw the same dead holder one moves it, and a
  // fresh lock moved by mistake goes back.
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
