'use client'
import { useDocumentInfo } from '@payloadcms/ui'
import { useState } from 'react'
import { useNow } from '../../../src/admin/ui/clock.ts'
import { LastTry } from '../../../src/admin/ui/last-try.tsx'
import { Choice } from '../../../src/admin/ui/choice.tsx'
import { MetricsSection } from './metrics-section.tsx'
import { HealthCard } from './health-card.tsx'
import { Quarantine } from './quarantine.tsx'
import { ScrapeRunsTable } from './scrape-runs-table.tsx'
import { StockSection } from './stock-section.tsx'
import { TestScrape } from './test-scrape.tsx'
import { ActiveRun } from './active-run.tsx'
import { useRequestedRun } from './use-requested-run.ts'
import { type CompetitorView, useCompetitor } from './use-competitor.ts'
import { useCurrentState } from './use-current-state.ts'
import { useTestScrape } from './use-test-scrape.ts'
import '../../../src/admin/ui/jobs.css'
import '../../../src/admin/ui/job-table.css'
import './watch.css'

/** The competitor's stock and health, shown once it is saved. Managers can start a run. */
export function CompetitorScreen() {
  const { id, hasSavePermission } = useDocumentInfo()
  if (id === undefined) return null
  return <CompetitorDetails id={encodeURIComponent(id)} canManage={hasSavePermission === true} />
}

const RETRY_HINT = 'To retry immediately, click “Scrape now”.'

type Props = { id: string; canManage: boolean }

function CompetitorDetails({ id, canManage }: Props) {
  const competitor = useCompetitor(id)
  const { row, runs, lastTry, health, problem, refresh, onUpdate } = competitor
  useCurrentState(row)
  const [latest = null] = runs ?? []
  const requestedRun = useRequestedRun(id, runs ?? [], refresh)
  const testScrape = useTestScrape(id)
  const now = useNow(0, 30_000)
  const quarantined = runs?.find(({ state }) => state === 'quarantined')
  const isRunning =
    requestedRun.jobId !== null || (latest?.state === 'fetching' && lastTry?.state !== 'waiting')
  return (
    <div className="watch">
      <HealthCard health={health} latest={latest} now={now} row={row}>
        {canManage && <ScrapeButtons requestedRun={requestedRun} testScrape={testScrape} />}
      </HealthCard>
      <ProblemMessage words={problem} />
      <ProblemMessage words={requestedRun.problem} />
      {lastTry && (
        <LastTry
          lastTry={lastTry}
          now={now}
          hint={canManage ? RETRY_HINT : null}
          subject="The last run"
        />
      )}
      {isRunning && <ActiveRun jobId={requestedRun.jobId} onUpdate={onUpdate} run={latest} />}
      {quarantined && (
        <Quarantine
          id={id}
          key={quarantined.id}
          canManage={canManage}
          now={now}
          onDecided={refresh}
          run={quarantined}
        />
      )}
      {testScrape.isShown && <TestScrape testScrape={testScrape} />}
      {row && <CompetitorTabs competitor={competitor} id={id} canManage={canManage} now={now} />}
    </div>
  )
}

type ButtonsProps = {
  requestedRun: ReturnType<typeof useRequestedRun>
  testScrape: ReturnType<typeof useTestScrape>
}

function ScrapeButtons({ requestedRun, testScrape }: ButtonsProps) {
  return (
    <>
      <button
        className="jobs__button"
        disabled={testScrape.isShown && !testScrape.result}
        onClick={testScrape.run}
        type="button"
      >
        Test scrape
      </button>
      <button
        className="jobs__button jobs__button--first"
        disabled={requestedRun.isSending || requestedRun.jobId !== null}
        onClick={requestedRun.request}
        type="button"
      >
        {requestedRun.isSending ? 'Queuing…' : 'Scrape now'}
      </button>
    </>
  )
}

function ProblemMessage({ words }: { words: string | null }) {
  if (!words) return null
  return (
    <p className="jobs__problem" role="alert">
      {words}
    </p>
  )
}

const TABS = [
  ['sale', 'For sale'],
  ['sold', 'Sold'],
  ['figures', 'Trends'],
  ['runs', 'Runs'],
] as const
type Tab = (typeof TABS)[number][0]

/** The data of a competitor, in tabs. */
function CompetitorTabs({
  competitor: { runs, version, health },
  id,
  canManage,
  now,
}: Props & { competitor: CompetitorView; now: Date }) {
  const [tab, setTab] = useState<Tab>('sale')
  const isNew = health?.state === 'never'
  return (
    <section aria-label="Competitor data" className="watch__known">
      <Choice label="View" onChoose={setTab} options={TABS} value={tab} />
      {tab === 'sale' && (
        <StockSection
          id={id}
          isNew={isNew}
          key="sale"
          canManage={canManage}
          now={now}
          sold={false}
          version={version}
        />
      )}
      {tab === 'sold' && (
        <StockSection
          id={id}
          isNew={isNew}
          key="sold"
          canManage={canManage}
          now={now}
          sold
          version={version}
        />
      )}
      {tab === 'figures' && <MetricsSection id={id} version={version} />}
      {tab === 'runs' && <ScrapeRunsTable now={now} runs={runs ?? []} />}
    </section>
  )
}
