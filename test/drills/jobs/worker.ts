import { runWorker } from '../../../src/server/run-worker.ts'
import { drillRoom } from './room.ts'

/** A worker as `npm run worker` starts it, with the tasks of the drill beside the product's own. */
await runWorker({
  queues: ['drill'],
  rooms: [drillRoom],
  print: (line) => void process.stdout.write(`${line}\n`),
})
