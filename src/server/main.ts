import { reportFailure } from '../failure.ts'
import { ignoreClosedOutput } from './closed-output.ts'
import { prepareStart } from './start/prepare.ts'
import { stopOnSignal } from './stop.ts'

/**
 * The one file that acts when it is loaded. The product itself is loaded after the settings were
 * checked: wrong ones are refused at once.
 */
const say = (line: string) => void process.stdout.write(`${line}\n`)
const dev = process.argv.includes('--dev')
const PROGRAM = dev ? 'npm run dev' : 'npm start'
ignoreClosedOutput()
const stopping = stopOnSignal(say)
const onError = (error: unknown) => void fail(error)
process.on('uncaughtException', onError)
const starting = start()
stopping.trackStart(starting)
starting.then(() => process.off('uncaughtException', onError), onError)

/**
 * Ends a start that failed: everything is closed first, so that the last thing that a person reads
 * is why.
 */
async function fail(error: unknown): Promise<void> {
  if (stopping.hasBegun()) return
  await stopping.undoStart()
  reportFailure(error, PROGRAM)
  process.exit(1)
}

async function start(): Promise<void> {
  const configured = await prepareStart(say, { listens: true })
  if (stopping.hasBegun()) return
  const { startProduct } = await import('./start-product.ts')
  await startProduct(configured, stopping, { dev, say })
}
