import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { testEnvironment } from './settings.ts'
import { waitUntil } from './work.ts'

/** `npm run worker` in a process of its own. */
export type WorkerProcess = {
  /** What it has written so far, to stdout and to stderr. */
  output: () => { stdout: string; stderr: string }
  /** Ends it as a person does; answers its exit code. */
  stop: () => Promise<number | null>
}

/** Starts a worker on the lanes named, and waits until it works. */
export async function startWorker(
  queues: readonly string[],
  environment: Record<string, string>,
): Promise<WorkerProcess> {
  const env = { ...process.env, ...testEnvironment, ...environment }
  const child = spawn(process.execPath, ['src/server/.build/worker.js', ...queues], {
    env,
  })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => (output[name] += chunk.toString()))
  const stop = async () => {
    if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit')
    return child.exitCode
  }
  await waitUntil(
    () => output.stdout.includes('Working as') || child.exitCode !== null,
    'the worker works',
  )
  if (child.exitCode !== null)
    throw new Error(`The worker ended with ${child.exitCode}: ${output.stderr}`)
  return { output: () => ({ ...output }), stop }
}
