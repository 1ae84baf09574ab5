import { WrongSetting } from '../env.ts'
import { surviveClosedOutput } from './closed-output.ts'
import { runWorker } from './run-worker.ts'

/**
 * npm run worker             works on jobs of every lane, beside the servers on the same database
 * npm run worker -- LANE …   works on these lanes alone
 */
const say = (line: string) => void process.stdout.write(`${line}\n`)

surviveClosedOutput()
runWorker({ lanes: process.argv.slice(2), say }).catch((error: Error) => {
  process.stderr.write(`\n${error instanceof WrongSetting ? error.message : (error.stack ?? error.message)}\n`)
  process.exit(1)
})
