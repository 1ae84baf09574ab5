import { reportFailure } from '../failure.ts'
import { ignoreClosedOutput } from './closed-output.ts'
import { runWorker } from './run-worker.ts'

/**
 * npm run worker             works on jobs of every lane, beside the servers on the same database
 * npm run worker -- LANE …   works on these lanes alone
 */
const say = (line: string) => void process.stdout.write(`${line}\n`)
const fail = (error: unknown) => {
  reportFailure(error, 'npm run worker')
  process.exit(1)
}

ignoreClosedOutput()
runWorker({ queues: process.argv.slice(2), say }).catch(fail)
