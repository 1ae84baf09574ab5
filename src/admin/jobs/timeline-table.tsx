import type { RunAnswer } from '../../../jobs/api-types.ts'
import type { Lane } from './timeline-scale.ts'
import {
  formatMoment,
  OUTCOME_LABELS,
  type Outcome,
  getOutcome,
  formatTitle,
} from '../ui/format.ts'

/** The timeline as a table for screen readers: each job, its outcomes, and its last start. */
export function TimelineTable({ lanes, now }: { lanes: readonly Lane[]; now: Date }) {
  return (
    <div className="timeline-table">
      <table>
        <caption>Timeline as a table</caption>
        <thead>
          <tr>
            <th scope="col">Job</th>
            {Object.entries(OUTCOME_LABELS).map(([outcome, label]) => (
              <th key={outcome} scope="col">
                {label}
              </th>
            ))}
            <th scope="col">Last start</th>
          </tr>
        </thead>
        <tbody>
          {lanes.map(({ job, runs }) => (
            <tr key={job}>
              <th scope="row">{formatTitle(job)}</th>
              {Object.keys(OUTCOME_LABELS).map((outcome) => (
                <td key={outcome}>{countOutcome(runs, outcome as Outcome)}</td>
              ))}
              <td>{formatMoment(runs.at(-1)?.startedAt ?? '', now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const countOutcome = (runs: readonly RunAnswer[], outcome: Outcome) =>
  runs.filter((run) => getOutcome(run) === outcome).length
