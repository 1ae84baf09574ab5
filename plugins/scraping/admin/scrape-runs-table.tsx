import { capitalizeText, formatMoment } from '../../../src/admin/ui/format.ts'
import type { ScrapeRunAnswer } from './api-types.ts'
import { formatChanges, formatRunResult } from './format.ts'

const STATES: Readonly<Record<ScrapeRunAnswer['state'], readonly [words: string, color: string]>> =
  {
    fetching: ['Running', 'discarded'],
    applied: ['Accepted', 'healthy'],
    failed: ['Failed', 'failing'],
    quarantined: ['In quarantine', 'quarantined'],
    discarded: ['Discarded', 'never'],
  }

/** The latest runs of a competitor: time, result, and changes. */
export function ScrapeRunsTable({ runs, now }: { runs: readonly ScrapeRunAnswer[]; now: Date }) {
  if (runs.length === 0)
    return (
      <p className="jobs__empty">
        Their site has not been scraped yet. The last 20 runs are listed here.
      </p>
    )
  return (
    <table className="watch-table">
      <caption className="watch__heard">Latest runs</caption>
      <thead>
        <tr>
          <th scope="col">Started</th>
          <th scope="col">Result</th>
          <th scope="col">Found</th>
          <th scope="col">Changes</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.id}>
            <th scope="row">{formatMoment(run.startedAt, now)}</th>
            <td data-label="Result">
              <StatePill state={run.state} />
            </td>
            <td data-label="Found">{capitalizeText(formatRunResult(run))}</td>
            <td data-label="Changes">
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
