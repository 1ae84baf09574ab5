import { reportFailure } from '../failure.ts'
import { ignoreClosedOutput } from './ignore-closed-output.ts'
import { runWorker } from './run-worker.ts'

/**
 * Runs jobs, in addition to the servers:
 *
 * - `npm run worker` runs the jobs of every queue.
 * - `npm run worker -- QUEUE …` runs the jobs of these queues only.
 */
const print = (line: string) => void process.stdout.write(`${line}\n`)
const fail = (error: unknown) => {
  reportFailure(error, 'npm run worker')
  process.exit(1)
}

ignoreClosedOutput()
runWorker({ queues: process.argv.slice(2), print }).catch(fail)
