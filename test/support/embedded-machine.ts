import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startEmbedded, type EmbeddedPostgres } from '../../src/database/embedded.ts'

/** A product in a process of its own, in a process group of its own. */
export type Product = {
  pid: number
  url: string
  ownerUrl: string
  adopted: boolean
  end(signal: NodeJS.Signals): Promise<void>
  interrupt(): void
}

/**
 * A user to try things as who is neither root nor the one PostgreSQL's files belong to; every Unix
 * has `nobody`.
 */
export const nobody = { uid: 65_534, gid: 65_534 }

/**
 * Whether the test runs as root; where it does not, what is root's business alone goes untried, and
 * this says so.
 */
export function isRoot(): boolean {
  const root = process.geteuid?.() === 0
  if (!root)
    process.stderr.write(
      'NOT TRIED, because this is not root: the ways of the embedded PostgreSQL that only ' +
        'root takes\n',
    )
  return root
}

/** One test's machine: folders that go away, and PostgreSQL servers that are ended. */
export function openMachine() {
  const folders: string[] = []
  const open: { stop(): Promise<void> }[] = []
  const lines: string[] = []
  const createFolder = async () => {
    const made = await mkdtemp(join(tmpdir(), 'forecourt embedded '))
    await chmod(made, 0o755)
    folders.push(made)
    return made
  }
  return {
    said: lines,
    /** A folder every user can enter. */
    folder: createFolder,
    async start(dataDir: string): Promise<EmbeddedPostgres> {
      const postgres = await startEmbedded({ dataDir, print: (line) => lines.push(line) })
      open.push(postgres)
      return postgres
    },
    async startProduct(dataDir: string, user?: { uid: number; gid: number }): Promise<Product> {
      const node = user ? await copyNode(await createFolder()) : process.execPath
      const product = await startProduct(node, dataDir, user)
      open.push({ stop: () => product.end('SIGTERM') })
      return product
    },
    removeLater: (folder: string) => folders.push(folder),
    async clear(): Promise<void> {
      for (const one of open.splice(0)) await one.stop()
      for (const folder of folders.splice(0)) {
        for (const pid of await findProcessesNaming(folder)) process.kill(pid, 'SIGQUIT')
        await rm(folder, { recursive: true, force: true, maxRetries: 10 })
      }
      lines.length = 0
    },
  }
}

/** Copies this Node for other users: the one that the bootstrap installs is in a closed folder. */
async function copyNode(folder: string): Promise<string> {
  const copy = join(folder, 'node')
  await copyFile(process.execPath, copy)
  return copy
}

async function startProduct(
  node: string,
  dataDir: string,
  user?: { uid: number; gid: number },
): Promise<Product> {
  const script = fileURLToPath(new URL('embedded-start.ts', import.meta.url))
  const child = spawn(node, [script, dataDir], {
    env: { ...process.env, LANG: 'C', LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...user,
  })
  const ended = once(child, 'exit')
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  const [line] = await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => Promise.reject(new Error(complaint))),
  ])
  const started = JSON.parse(String(line)) as Pick<Product, 'url' | 'ownerUrl' | 'adopted'>
  const pid = child.pid ?? 0
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  return { ...started, pid, end, interrupt: () => process.kill(-pid, 'SIGINT') }
}

/** Asks one question of a database and answers with its rows. */
export async function queryDatabase(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

/** The process ids of servers whose command line names `folder` or something in it. */
export async function findProcessesNaming(folder: string): Promise<number[]> {
  const found: number[] = []
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
    if (args[0]?.endsWith('/postgres') && args.some((word) => word.includes(folder)))
      found.push(Number(pid))
  }
  return found
}

/** Tries until `attempt` no longer throws, for up to ten seconds. */
export async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + 10_000; ;) {
    try {
      return await attempt()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
