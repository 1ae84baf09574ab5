'use client'
import { SetStepNav } from '@payloadcms/ui'
import { useState } from 'react'
import { useNow, useVersion } from '../../../src/admin/ui/clock.ts'
import { useApi } from '../../../src/admin/ui/use-api.ts'
import { formatInteger } from '../../../src/admin/ui/format-figures.ts'
import type { OverviewAnswer } from '../endpoints/api-schemas.ts'
import { AlertRules } from './alert-rules.tsx'
import { OpenAlerts } from './open-alerts.tsx'
import { formatCarCount } from './describe-search.ts'
import { OverviewTable } from './overview-table.tsx'
import '../../../src/admin/dashboard/lot-today.css'
import '../../../src/admin/ui/jobs.css'
import './market-screen.css'

const DEFAULT_LIMIT = 20
/** The maximum that the API returns per group. */
const MAX_LIMIT = 100

/**
 * The Market screen: counts and lists of cars that are off the market, open alerts, and alert
 * rules.
 */
export function MarketScreen({ mayAct }: { mayAct: boolean }) {
  const [version, reload] = useVersion(0)
  const [limit, setLimit] = useState(DEFAULT_LIMIT)
  const now = useNow(0, 30_000)
  const { value, problem } = useApi<OverviewAnswer>(`/market/overview?limit=${limit}`, version)
  return (
    <>
      <SetStepNav nav={[{ label: 'Market' }]} />
      <header className="jobs__head">
        <div>
          <h1>Market</h1>
          <p>Market prices of comparable cars, and which of our prices stand out.</p>
        </div>
      </header>
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      {!value && (
        <p className="jobs__empty">
          {problem ? 'Nothing to show until the server responds.' : 'Loading…'}
        </p>
      )}
      {value && <Tiles overview={value} />}
      <OpenAlerts mayAct={mayAct} now={now} onHandled={reload} version={version} />
      {value && (
        <Groups limit={limit} now={now} onMore={() => setLimit(MAX_LIMIT)} overview={value} />
      )}
      <AlertRules mayAct={mayAct} now={now} version={version} />
    </>
  )
}

/** The groups of the overview in order of urgency, each with its empty state. */
const GROUPS = [
  {
    key: 'overpriced',
    name: 'Overpriced',
    means: 'Above the range that is in line with the market.',
    none: 'No price is above the market.',
  },
  {
    key: 'underpriced',
    name: 'Underpriced',
    means: 'Below the range that is in line with the market.',
    none: 'No price is below the market.',
  },
  {
    key: 'stale',
    name: 'Stale',
    means: 'Not compared with the market for more than a week.',
    none: 'All comparisons are less than a week old.',
  },
  {
    key: 'noData',
    name: 'No data',
    means: 'Never compared, or too few comparable cars.',
    none: 'Every car has enough comparable cars.',
  },
] as const

/** The counts, each linked to its list below. */
function Tiles({ overview }: { overview: OverviewAnswer }) {
  return (
    <nav aria-label="Cars by market position" className="lot-today__tiles market-tiles">
      <div className="lot-tile">
        <span className="lot-tile__value">{formatInteger(overview.available)}</span>
        <span className="lot-tile__label">Available</span>
      </div>
      <div className="lot-tile">
        <span className="lot-tile__value">{formatInteger(overview.competitive)}</span>
        <span className="lot-tile__label lot-tile__label--available">Competitive</span>
      </div>
      {GROUPS.map(({ key, name }) => (
        <a className="lot-tile" href={`#market-${key}`} key={key}>
          <span className="lot-tile__value">{formatInteger(overview[key].count)}</span>
          <span className={`lot-tile__label market-tile--${key}`}>{name}</span>
        </a>
      ))}
    </nav>
  )
}

type GroupsProps = { overview: OverviewAnswer; limit: number; now: Date; onMore: () => void }

function Groups({ overview, limit, now, onMore }: GroupsProps) {
  return GROUPS.map(({ key, name, means, none }) => {
    const { cars, count } = overview[key]
    const more = count - cars.length
    return (
      <section aria-labelledby={`market-${key}`} className="jobs__section" key={key}>
        <header className="jobs__section-head">
          <h2 id={`market-${key}`} tabIndex={-1}>
            {name}
          </h2>
          <span className="jobs__empty">{means}</span>
        </header>
        {count === 0 ? (
          <p className="jobs__empty">{none}</p>
        ) : (
          <OverviewTable cars={cars} name={name} now={now} />
        )}
        {more > 0 && (
          <p className="market-more jobs__empty">
            {formatCarCount(more)} more.{' '}
            {limit < MAX_LIMIT && (
              <button className="jobs__button" onClick={onMore} type="button">
                Show up to {MAX_LIMIT}
              </button>
            )}
          </p>
        )}
      </section>
    )
  })
}
