'use client'
import { useConfig, useDocumentInfo } from '@payloadcms/ui'
import { formatCount } from '../../domain/format-count.ts'
import type { ReportsAnswer } from '../../stations/endpoints/api-schemas.ts'
import { useNow, useVersion } from '../ui/clock.ts'
import { formatMoment } from '../ui/format.ts'
import { useApi } from '../ui/use-api.ts'
import '../ui/cells.css'
import '../ui/jobs.css'
import './station-reports.css'

type Report = ReportsAnswer['reports'][number]
type RemovedReport = NonNullable<ReportsAnswer['removed']>[number]

const CONCLUSIONS: Readonly<Record<ReportsAnswer['verdict']['conclusion'], string>> = {
  sold: 'Sells 93 octane',
  not_sold: 'Does not sell 93 octane',
  disputed: 'Disputed',
  unknown: 'Unknown',
}

/** Whether a station sells 93 octane, why, and the owners' reports that decide it. */
export function StationReports() {
  const { id } = useDocumentInfo()
  if (id === undefined) return null
  return <ReportsSection station={String(id)} />
}

function ReportsSection({ station }: { station: string }) {
  const { lastUpdateTime } = useDocumentInfo()
  const [version] = useVersion(lastUpdateTime)
  const now = useNow(0, 30_000)
  const path = `/stations/${encodeURIComponent(station)}/reports`
  const { value, problem } = useApi<ReportsAnswer>(path, version)
  return (
    <section aria-labelledby="station-reports" className="station-reports">
      <h3 id="station-reports">Reports about 93 octane</h3>
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      {value ? (
        <>
          <Verdict verdict={value.verdict} />
          <ReportList now={now} reports={value.reports} />
          {value.removed && value.removed.length > 0 && (
            <RemovedReports now={now} reports={value.removed} />
          )}
        </>
      ) : (
        <p className="station-reports__facts">
          {problem ? 'Nothing to show until the server responds.' : 'Loading…'}
        </p>
      )}
    </section>
  )
}

function Verdict({ verdict: { conclusion, reason } }: Pick<ReportsAnswer, 'verdict'>) {
  return (
    <div className="station-reports__verdict">
      <span className={`status-pill octane-pill--${conclusion}`}>{CONCLUSIONS[conclusion]}</span>
      <p>{reason}</p>
    </div>
  )
}

function ReportList({ reports, now }: { reports: readonly Report[]; now: Date }) {
  return (
    <ul className="station-reports__list">
      {reports.map((report) => (
        <li key={report.id}>
          <ReportLink id={report.id}>{formatAnswer(report.has93Octane)}</ReportLink>
          <span className="station-reports__facts">
            {[formatMoment(report.reportedAt, now), describeWeight(report), report.reporter]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}

function RemovedReports({ reports, now }: { reports: readonly RemovedReport[]; now: Date }) {
  return (
    <details>
      <summary>{formatCount(reports.length, 'removed report')}</summary>
      <ul className="station-reports__list">
        {reports.map(({ id, has93Octane, removedAt, removalReason }) => (
          <li key={id}>
            <ReportLink id={id}>{formatAnswer(has93Octane)}</ReportLink>
            <span className="station-reports__facts">
              {`removed ${formatMoment(removedAt, now)}: ${removalReason ?? 'no reason given'}`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function ReportLink({ id, children }: { id: string; children: string }) {
  const { config } = useConfig()
  return (
    <a href={`${config.routes.admin}/collections/community-stations/${encodeURIComponent(id)}`}>
      {children}
    </a>
  )
}

const formatAnswer = (answer: boolean | null): string =>
  answer === null ? 'No answer' : answer ? 'Yes' : 'No'

/** How much a report counts, or why it does not. */
function describeWeight({ status, weight }: Report): string {
  if (status === 'counted') return `counts ${Math.round(weight * 100)}%`
  if (status === 'replaced') return 'replaced by a newer report of the same owner'
  return status === 'outdated' ? 'too old to count' : 'does not count without an answer'
}
