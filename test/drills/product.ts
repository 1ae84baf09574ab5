import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findFreePort } from '../../src/database/embedded/postmaster.ts'

export const ADMIN = {
  email: 'drill@forecourt.example',
  password: 'a password for drills',
} as const

/** How long a start may take, on a machine that is busy with other things. */
const READY_MS = 240_000

/** The product as a person starts it, in a process of its own. */
export type Product = {
  origin: string
  process: ChildProcess
  /** Milliseconds from its start until /readyz said 200. */
  readyAfter: number
  stop: () => Promise<number | null>
}

/** A drill that is not about load is a crowd of its own that nobody is to turn away. */
const UNLIMITED = {
  API_REQUESTS_AT_ONCE: '1000',
  ANONYMOUS_READS_PER_MINUTE: '0',
  OWNER_WRITES_PER_MINUTE: '0',
} as const

/**
 * Starts the product on a folder and waits until it is ready. What it says is appended to
 * `product.log` in that folder.
 */
export async function startProduct(
  folder: string,
  environment: Record<string, string> = {},
  port?: number,
  limits: Record<string, string> = UNLIMITED,
): Promise<Product> {
  const listening = port ?? (await findFreePort())
  const env = {
    ...process.env,
    NODE_ENV: 'production' as const,
    TZ: 'UTC',
    PORT: String(listening),
    DATA_DIR: path.join(folder, 'data'),
    MEDIA_DIR: path.join(folder, 'media'),
    DEMO_DATA: 'false',
    FIRST_ADMIN_EMAIL: ADMIN.email,
    FIRST_ADMIN_PASSWORD: ADMIN.password,
    ...limits,
    ...environment,
  }
  const log = createWriteStream(path.join(folder, 'product.log'), { flags: 'a' })
  const started = Date.now()
  const child = spawn(process.execPath, ['src/server/.build/main.js'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  const origin = `http://localhost:${listening}`
  await waitUntilReady(origin, child, folder)
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    return child.exitCode
  }
  return { origin, process: child, readyAfter: Date.now() - started, stop }
}

/** Signs in as the first admin and answers with the token. */
export async function signIn(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/api/users/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ADMIN),
  })
  if (!answer.ok) throw new Error(`The sign-in answered ${answer.status}: ${await answer.text()}`)
  return ((await answer.json()) as { token: string }).token
}

async function waitUntilReady(origin: string, child: ChildProcess, folder: string): Promise<void> {
  const deadline = Date.now() + READY_MS
  while (Date.now() < deadline) {
    if (child.exitCode !== null)
      throw new Error(`The product ended with ${child.exitCode}; see product.log in ${folder}.`)
    const answer = await fetch(`${origin}/readyz`).catch(() => null)
    await answer?.body?.cancel()
    if (answer?.status === 200) return
    await sleep(50)
  }
  throw new Error(
    `The product was not ready within ${READY_MS / 1000} s; see product.log in ${folder}.`,
  )
}
