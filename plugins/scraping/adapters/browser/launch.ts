import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import puppeteer, { type Browser } from 'puppeteer'
import { createPipeTransport } from './pipe-transport.ts'
import { killGroup, readGroupMemory } from './processes.ts'

/** `withoutSandbox` is only for tests that load their own pages; the product never sets it. */
export type LaunchOptions = {
  executable: string
  proxy: string
  withoutSandbox?: boolean
  maxMemory?: number
}

/** A Chromium with its own profile. `getEndReason` returns why it ended; null while it runs. */
export type Chromium = {
  browser: Browser
  group: number
  profile: string
  getEndReason: () => string | null
  close: () => Promise<void>
}

const MAX_MEMORY = 600_000_000
const CHECK_INTERVAL_MS = 500
const CLOSE_TIMEOUT_MS = 3_000

/**
 * Builds the flags that route everything through the proxy, including loopback, and leave all DNS
 * lookups to the proxy. WebRTC and QUIC would bypass it.
 */
const buildFlags = (profile: string, { proxy, withoutSandbox = false }: LaunchOptions) => [
  '--headless=new',
  '--remote-debugging-pipe',
  `--user-data-dir=${profile}`,
  `--proxy-server=${proxy}`,
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--mute-audio',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-default-apps',
  '--disable-breakpad',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--renderer-process-limit=2',
  '--disk-cache-size=50000000',
  '--disable-features=Translate,OptimizationHints,MediaRouter',
  ...(withoutSandbox ? ['--no-sandbox'] : []),
  'about:blank',
]

/**
 * Launches a browser. If this process is root, the browser runs as an unprivileged user, because
 * its sandbox does not work for root. `puppeteer.launch` can neither do this nor report a process
 * that cannot be created (decision 47).
 */
export async function launchChromium(options: LaunchOptions): Promise<Chromium> {
  const user = options.withoutSandbox ? null : await findUnprivilegedUser()
  const profile = await mkdtemp(path.join(tmpdir(), `forecourt-browser-${process.pid}-`))
  if (user) await chown(profile, user.uid, user.gid)
  const child: ChildProcess = spawn(options.executable, buildFlags(profile, options), {
    ...user,
    detached: true, // its own process group, which can be killed as a whole
    cwd: profile,
    env: {
      NODE_ENV: 'production',
      PATH: '/usr/bin:/bin',
      HOME: profile,
      TMPDIR: profile,
      LANG: 'C.UTF-8',
    },
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  })
  const watcher = watchProcess(child, options.maxMemory ?? MAX_MEMORY)
  const cleanUp = async () => {
    watcher.stop()
    await watcher.gone
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const transport = createPipeTransport(
      child.stdio[3] as Writable,
      child.stdio[4] as Readable,
      () => watcher.end('Its output was too long.'),
    )
    const connecting = puppeteer.connect({
      transport,
      defaultViewport: { width: 1280, height: 900 },
      protocolTimeout: 60_000,
    })
    const browser = await Promise.race([
      connecting,
      watcher.gone.then(() => Promise.reject(new Error(watcher.getEndReason() ?? 'It ended.'))),
    ])
    const close = async () => {
      await Promise.race([
        browser.close().catch(() => 'It no longer exists.'),
        sleep(CLOSE_TIMEOUT_MS, undefined, { ref: false }),
      ])
      await cleanUp()
    }
    return { browser, group: child.pid ?? 0, profile, getEndReason: watcher.getEndReason, close }
  } catch (error) {
    await cleanUp()
    throw error
  }
}

/** Monitors a browser's memory and records why it ended. */
function watchProcess(child: ChildProcess, maxMemory: number) {
  const state = { why: null as string | null }
  const group = child.pid ?? 0
  const end = (why: string) => {
    state.why ??= why
    if (group > 0) killGroup(group)
  }
  const memoryCheck = setInterval(() => {
    void readGroupMemory(group).then((bytes) => {
      if (bytes > maxMemory)
        end(`The page used more than ${Math.round(maxMemory / 1e6)} MB of memory.`)
    })
  }, CHECK_INTERVAL_MS)
  const gone = Promise.race([once(child, 'exit'), once(child, 'error')]).then(
    () => void (state.why ??= 'The browser exited unexpectedly.'),
    (error: Error) => void (state.why ??= `The browser did not start: ${error.message}`),
  )
  const stop = () => {
    clearInterval(memoryCheck)
    end('It was closed.')
  }
  return { end, gone, stop, getEndReason: () => state.why }
}

/** Returns the user for a browser if this process is root; otherwise null. */
async function findUnprivilegedUser(): Promise<{ uid: number; gid: number } | null> {
  if (process.geteuid?.() !== 0) return null
  const readId = async (what: string) =>
    Number((await promisify(execFile)('id', [what, 'nobody'])).stdout)
  return { uid: await readId('-u'), gid: await readId('-g') }
}
