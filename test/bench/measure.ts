import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'

const SERVER = path.join(path.dirname(fileURLToPath(import.meta.url)), 'server.ts')
const CONNECTIONS = 20

/** One request, as autocannon sends it. */
export type Request = {
  method: 'GET' | 'POST'
  path: string
  headers: Record<string, string>
  body?: string
}

/**
 * A server under test, and how to ask it: one of `requests` after another, or its URL again and
 * again.
 */
export type Target = {
  name: string
  url: string
  stop: () => void
  requests?: readonly Request[]
  /** Twenty if not given. */
  connections?: number
}

/**
 * What a server of the bench says of itself: its port, and tokens of twenty owners where it has
 * some.
 */
export type Started = { port: number; tokens: string[] }

/**
 * What was measured of a target: requests a second of each round, and every answer's milliseconds.
 */
export type Figures = { perSecond: number[]; millis: number[] }

/** Starts a server of the bench in a process of its own. */
export async function startServer(
  kind: string,
  database: string,
  path: string,
  name = kind,
): Promise<Target & { tokens: string[] }> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    PAYLOAD_DISABLE_DEPENDENCY_CHECKER: 'true',
  }
  const child = fork(SERVER, [kind, database], {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const { port, tokens } = await readStarted(child, kind)
  return { name, url: `http://127.0.0.1:${port}${path}`, tokens, stop: () => void child.kill() }
}

function readStarted(child: ChildProcess, kind: string): Promise<Started> {
  return new Promise((resolve, reject) => {
    child.once('message', (started) => resolve(started as Started))
    child.once('exit', (code) =>
      reject(new Error(`The ${kind} server ended with ${code} before it listened.`)),
    )
  })
}

/**
 * Measures each target in each round: every round asks all of them in turn, so that a busy moment
 * hits them alike.
 */
export async function measureTargets(
  targets: readonly Target[],
  rounds: number,
  seconds: number,
  print: (line: string) => void,
): Promise<Map<string, Figures>> {
  const figures = new Map<string, Figures>(
    targets.map(({ name }) => [name, { perSecond: [], millis: [] }]),
  )
  for (const target of targets) await runRound(target, 1)
  for (let round = 1; round <= rounds; round++) {
    for (const target of targets) {
      const { perSecond, millis } = await runRound(target, seconds)
      const all = figures.get(target.name)
      all?.perSecond.push(perSecond)
      for (const one of millis) all?.millis.push(one)
      print(`round ${round}  ${target.name.padEnd(22)} ${Math.round(perSecond)}/s`)
    }
  }
  return figures
}

async function runRound(
  { name, url, requests, connections = CONNECTIONS }: Target,
  duration: number,
): Promise<{ perSecond: number; millis: number[] }> {
  const millis: number[] = []
  let sent = 0
  const nextRequest = (request: autocannon.Request) => ({
    ...request,
    ...requests?.[sent++ % requests.length],
  })
  let firstError = ''
  const onResponse = (status: number, body: string) => {
    if (status >= 300 && firstError === '') firstError = `${status} ${body.slice(0, 500)}`
  }
  const options = requests ? { requests: [{ setupRequest: nextRequest, onResponse }] } : {}
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const done = (error: Error | null, all: autocannon.Result) =>
      error ? reject(error) : resolve(all)
    const running = autocannon({ url, connections, duration, ...options }, done)
    running.on('response', (_client, _status, _bytes, millisTaken) => millis.push(millisTaken))
  })
  if (result.non2xx + result.errors > 0)
    throw new Error(
      `${name} answered ${result.non2xx} times with an error, and ${result.errors} times not ` +
        `at all: ${url}. ${firstError}`,
    )
  return { perSecond: result['2xx'] / result.duration, millis }
}

/** The figure that `part` of all figures do not pass: 0.95 for the p95. */
export function computePercentile(figures: readonly number[], part: number): number {
  const sorted = [...figures].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? NaN
}

export function computeMedian(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}
