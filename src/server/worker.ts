import { reportFailure } from '../failure.ts'
import { ignoreClosedOutput } from './closed-output.ts'
import { runWorker } from './run-worker.ts'

/**
 * npm run worker             works on jobs of every queue, in addition to the servers
 * npm run worker -- QUEUE …  works on these queues only
 */
const say = (line: string) => void process.stdout.write(`${line}\n`)
const fail = (error: unknown) => {
  reportFailure(error, 'npm run worker')
  process.exit(1)
}

ignoreClosedOutput()
runWorker({ queues: process.argv.slice(2), say }).catch(fail)
