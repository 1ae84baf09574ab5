import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'

const SERVER = path.join(path.dirname(fileURLToPath(import.meta.url)), 'server.ts')
const CONNECTIONS = 20

/** A server under test, and how to ask it. */
export type Target = { name: string; url: string; stop: () => void }

/** Starts a server of the bench in a process of its own. */
export async function startServer(kind: string, database: string, path: string, name = kind): Promise<Target> {
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production', PAYLOAD_DISABLE_DEPENDENCY_CHECKER: 'true' }
  const child = fork(SERVER, [kind, database], {
    execArgv: ['--import', 'tsx'],
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const port = await portOf(child, kind)
  return { name, url: `http://127.0.0.1:${port}${path}`, stop: () => void child.kill() }
}

function portOf(child: ChildProcess, kind: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('message', (port) => resolve(Number(port)))
    child.once('exit', (code) => reject(new Error(`The ${kind} server ended with ${code} before it listened.`)))
  })
}

/** Requests a second of each target in each round: every round asks all of them in turn, so that a busy moment hits them alike. */
export async function measure(
  targets: readonly Target[],
  rounds: number,
  seconds: number,
  say: (line: string) => void,
): Promise<Map<string, number[]>> {
  const figures = new Map<string, number[]>(targets.map(({ name }) => [name, []]))
  for (const target of targets) await requestsPerSecond(target, 1)
  for (let round = 1; round <= rounds; round++) {
    for (const target of targets) {
      const figure = await requestsPerSecond(target, seconds)
      figures.get(target.name)?.push(figure)
      say(`round ${round}  ${target.name.padEnd(22)} ${Math.round(figure)}/s`)
    }
  }
  return figures
}

async function requestsPerSecond({ name, url }: Target, duration: number): Promise<number> {
  const result = await autocannon({ url, connections: CONNECTIONS, duration })
  if (result.non2xx + result.errors > 0)
    throw new Error(`${name} answered ${result.non2xx} times with an error, and ${result.errors} times not at all: ${url}`)
  return result['2xx'] / result.duration
}

export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}
