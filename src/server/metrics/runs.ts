import type { Ended, Engine } from '../../../jobs/engine/engine.ts'
import type { Lapsed } from '../../../jobs/engine/reap.ts'
import { type Metrics, RUN_OUTCOMES } from './metrics.ts'

type Outcome = (typeof RUN_OUTCOMES)[number]

/** Counts the runs of an engine, by task. A run of a task that this process does not know, found dead, counts as one of `other`. */
export function countRuns({ runs, runSeconds }: Metrics, engine: Engine, tasks: ReadonlySet<string>): void {
  for (const task of tasks) for (const outcome of RUN_OUTCOMES) runs.inc({ task, outcome }, 0)
  engine.on('ended', (ended) => {
    const task = ended.run.task.name
    runs.inc({ task, outcome: outcomeOf(ended) })
    runSeconds.observe({ task }, ended.seconds)
  })
  engine.on('lapsed', ({ task, dead }: Lapsed) =>
    runs.inc({ task: tasks.has(task.name) ? task.name : 'other', outcome: dead ? 'dead' : 'lapsed' }),
  )
}

function outcomeOf({ ending, settled }: Ended): Outcome {
  if (settled === 'refused') return 'lost'
  if (settled === 'again') return ending === 'handed back' ? 'handed_back' : 'failed'
  return settled
}
