import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { UserError } from '../../user-error.ts'
import { birthOf, codeOf, isAlive } from './processes.ts'

/**
 * Holds `file` for this process and answers the function that lets go of it. The file names its holder (process id and
 * birth), so the lock of a killed process is taken over, also when its number has been given to another program since.
 * Throws when a living process holds it, naming that process.
 */
export async function takeLock(file: string, ofWhat: string): Promise<() => Promise<void>> {
  const draft = `${file}.${randomUUID()}`
  const content = `${process.pid} ${birthOf(process.pid) ?? ''}\n`
  await writeFile(draft, content, { mode: 0o600 })
  try {
    // Each round either takes the lock, finds a living holder, or removes one dead holder's file.
    for (let round = 0; round < 10; round++) {
      if (await linked(draft, file)) return () => rm(file, { force: true })
      await removeStale(file, draft, ofWhat)
    }
  } finally {
    await rm(draft, { force: true })
  }
  throw new UserError(`${file} keeps changing hands: several processes are starting on ${ofWhat}. Start only one.`)
}

/** The living process that holds `file`; undefined when nobody does, or only a dead one. */
export async function holderOf(file: string): Promise<number | undefined> {
  return livingHolder(await contentOf(file))
}

function livingHolder(content: string | undefined): number | undefined {
  const [pid, birth = ''] = content?.trim().split(' ') ?? []
  const number = Number(pid)
  return number > 0 && isAlive(number) && (birthOf(number) ?? '') === birth ? number : undefined
}

async function removeStale(file: string, draft: string, ofWhat: string): Promise<void> {
  const content = await contentOf(file)
  if (content === undefined) return
  const holder = livingHolder(content)
  if (holder !== undefined) {
    throw new UserError(
      `${ofWhat} is in use by process ${holder} (says ${file}). Stop that process first, or give this one another data directory.`,
    )
  }
  // Moving is the atomic step: of two starters that saw the same dead holder one moves it, and a fresh lock moved by mistake goes back.
  const aside = `${draft}.stale`
  try {
    await rename(file, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  if ((await contentOf(aside)) !== content) await linked(aside, file)
  await rm(aside, { force: true })
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

async function contentOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
