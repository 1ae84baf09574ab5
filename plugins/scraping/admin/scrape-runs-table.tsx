import { capitalizeText, formatMoment } from '../../../src/admin/jobs/format.ts'
import type { ScrapeRunAnswer } from './api-types.ts'
import { formatChanges, formatRunResult } from './format.ts'

const STATES: Readonly<Record<ScrapeRunAnswer['state'], readonly [words: string, colour: string]>> =
  {
    fetching: ['Under way', 'discarded'],
    applied: ['Believed', 'healthy'],
    failed: ['Failed', 'failing'],
    quarantined: ['In quarantine', 'quarantined'],
    discarded: ['Discarded', 'never'],
  }

/** The latest readings of a competitor: when, what became of each, and what it changed. */
export function ScrapeRunsTable({
  readings: runs,
  now,
}: {
  readings: readonly ScrapeRunAnswer[]
  now: Date
}) {
  if (runs.length === 0)
    return (
      <p className="jobs__empty">
        Their site was never read. Each reading is told here, the last 20 of them.
      </p>
    )
  return (
    <table className="watch-table">
      <caption className="watch__heard">The latest readings</caption>
      <thead>
        <tr>
          <th scope="col">Began</th>
          <th scope="col">Became</th>
          <th scope="col">Saw</th>
          <th scope="col">Changed</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.id}>
            <th scope="row">{formatMoment(run.startedAt, now)}</th>
            <td data-label="Became">
              <StatePill state={run.state} />
            </td>
            <td data-label="Saw">{capitalizeText(formatRunResult(run))}</td>
            <td data-label="Changed">
              {run.error ?? capitalizeText(formatChanges(run.changes) ?? '–')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function StatePill({ state }: Pick<ScrapeRunAnswer, 'state'>) {
  const [label, color] = STATES[state]
  return <span className={`status-pill health-badge--${color}`}>{label}</span>
}
