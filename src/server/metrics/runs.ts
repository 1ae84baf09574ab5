import type { EndedRun, Engine } from '../../../jobs/engine/engine.ts'
import type { LapsedRun } from '../../../jobs/engine/reap.ts'
import { type Metrics, RUN_OUTCOMES } from './metrics.ts'

type RunOutcome = (typeof RUN_OUTCOMES)[number]

/**
 * Counts the runs of an engine by task. A run of a task that this process does not know, found
 * after its worker died, counts as `other`.
 */
export function countRuns(
  { runs, runSeconds }: Metrics,
  engine: Engine,
  tasks: ReadonlySet<string>,
): void {
  for (const task of tasks) for (const outcome of RUN_OUTCOMES) runs.inc({ task, outcome }, 0)
  engine.on('ended', (ended) => {
    const task = ended.run.task.name
    runs.inc({ task, outcome: getRunOutcome(ended) })
    runSeconds.observe({ task }, ended.seconds)
  })
  engine.on('lapsed', ({ task, failedPermanently }: LapsedRun) =>
    runs.inc({
      task: tasks.has(task.name) ? task.name : 'other',
      outcome: failedPermanently ? 'dead' : 'lapsed',
    }),
  )
}

function getRunOutcome({ ending, completion }: EndedRun): RunOutcome {
  if (completion === 'refused') return 'lost'
  if (completion === 'retrying') return ending === 'handed back' ? 'handed_back' : 'failed'
  return completion === 'failed' ? 'dead' : completion
}
