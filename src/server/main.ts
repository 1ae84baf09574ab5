import { reportFailure } from '../failure.ts'
import { surviveClosedOutput } from './closed-output.ts'
import { prepareStart } from './start/prepare.ts'
import { stopOnSignal } from './stop.ts'

/** The one file that acts when it is loaded. What it starts is loaded only when the settings are right, so that wrong ones are refused at once. */
const say = (line: string) => void process.stdout.write(`${line}\n`)
const dev = process.argv.includes('--dev')
const PROGRAM = dev ? 'npm run dev' : 'npm start'
surviveClosedOutput()
const stopping = stopOnSignal(say)
process.on('uncaughtException', fail)
const starting = start()
stopping.starting(starting)
starting.then(() => process.off('uncaughtException', fail), fail)

/** Ends a start that failed: everything is closed first, so that the last thing that a person reads is why. */
async function fail(error: unknown): Promise<void> {
  if (stopping.begun) return
  await stopping.undoStart()
  reportFailure(error, PROGRAM)
  process.exit(1)
}

async function start(): Promise<void> {
  const said = await prepareStart(say, { listens: true })
  if (stopping.begun) return
  const { startProduct } = await import('./start-product.ts')
  await startProduct(said, stopping, { dev, say })
}
