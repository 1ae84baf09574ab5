import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { reportFailure } from '../failure.ts'
import { ignoreClosedOutput } from './ignore-closed-output.ts'
import { prepareStart } from './start/prepare.ts'
import { stopOnSignal } from './stop.ts'

/**
 * The only file with side effects on import. The product itself is imported after the settings were
 * checked, so that invalid ones are reported immediately, and that Node can keep the compiled
 * modules in DATA_DIR for the next start.
 */
const print = (line: string) => void process.stdout.write(`${line}\n`)
const dev = process.argv.includes('--dev')
const PROGRAM = dev ? 'npm run dev' : 'npm start'
ignoreClosedOutput()
const stopping = stopOnSignal(print)
const onError = (error: unknown) => void fail(error)
process.on('uncaughtException', onError)
const starting = start()
stopping.trackStart(starting)
starting.then(() => process.off('uncaughtException', onError), onError)

/**
 * Ends a failed start: everything is closed first, so that the reason is the last line of output.
 */
async function fail(error: unknown): Promise<void> {
  if (stopping.hasBegun()) return
  await stopping.undoStart()
  reportFailure(error, PROGRAM)
  process.exit(1)
}

async function start(): Promise<void> {
  const configured = await prepareStart(print, { listens: true })
  if (stopping.hasBegun()) return
  enableCompileCache(path.resolve(configured.DATA_DIR, 'compile-cache'))
  const { startProduct } = await import('./start-product.ts')
  await startProduct(configured, stopping, { dev, print })
}
