import type { RunAnswer } from '../../../jobs/api-types.ts'
import type { Lane } from './timeline-scale.ts'
import { momentWords, OUTCOMES, type Outcome, outcomeOf, titleOf } from './words.ts'

/** The timeline for who does not see it: each job, how its runs went, and when the last one began. */
export function TimelineTable({ lanes, now }: { lanes: readonly Lane[]; now: Date }) {
  return (
    <div className="timeline-table">
      <table>
        <caption>The same as a table</caption>
        <thead>
          <tr>
            <th scope="col">Job</th>
            {Object.entries(OUTCOMES).map(([outcome, word]) => (
              <th key={outcome} scope="col">
                {word}
              </th>
            ))}
            <th scope="col">Last began</th>
          </tr>
        </thead>
        <tbody>
          {lanes.map(({ job, runs }) => (
            <tr key={job}>
              <th scope="row">{titleOf(job)}</th>
              {Object.keys(OUTCOMES).map((outcome) => (
                <td key={outcome}>{countOf(runs, outcome as Outcome)}</td>
              ))}
              <td>{momentWords(runs.at(-1)?.startedAt ?? '', now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const countOf = (runs: readonly RunAnswer[], outcome: Outcome) => runs.filter((run) => outcomeOf(run) === outcome).length
