/**
 * The product's part in the tests of the embedded PostgreSQL: starts it, says where, and stops it
 * on SIGTERM. Deaf to Ctrl-C.
 */
import { startEmbedded } from '../../src/database/embedded.ts'

const [dataDir = ''] = process.argv.slice(2)
const print = (line: string) => process.stderr.write(`${line}\n`)
const postgres = await startEmbedded({ dataDir, print })
process.on('SIGINT', () => print('SIGINT'))
process.on('SIGTERM', () => {
  void postgres.stop().then(() => process.exit(0))
})
setInterval(() => undefined, 60_000)
const { stop: _, ...details } = postgres
process.stdout.write(`${JSON.stringify(details)}\n`)
