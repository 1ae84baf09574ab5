'use client'
import { useDocumentInfo } from '@payloadcms/ui'
import { useState } from 'react'
import { useNow } from '../../../src/admin/jobs/clock.ts'
import { LastTry } from '../../../src/admin/jobs/last-try.tsx'
import { Choice } from './choice.tsx'
import { FiguresSection } from './figures-section.tsx'
import { HealthCard } from './health-card.tsx'
import { Quarantine } from './quarantine.tsx'
import { ReadingsTable } from './readings-table.tsx'
import { StockSection } from './stock-section.tsx'
import { TestScrape } from './test-scrape.tsx'
import { UnderWay } from './under-way.tsx'
import { useAskedReading } from './use-asked-reading.ts'
import { type Competitor, useCompetitor } from './use-competitor.ts'
import { useCurrentState } from './use-current-state.ts'
import { useTrial } from './use-trial.ts'
import '../../../src/admin/jobs/jobs.css'
import '../../../src/admin/jobs/job-table.css'
import './watch.css'

/** What a competitor sells, and how well that is known: on its screen, once it is saved. Managers may have it read. */
export function CompetitorScreen() {
  const { id, hasSavePermission } = useDocumentInfo()
  if (id === undefined) return null
  return <Watch id={encodeURIComponent(id)} mayAct={hasSavePermission === true} />
}

const AT_ONCE = 'Scrape now tries at once.'

type Props = { id: string; mayAct: boolean }

function Watch({ id, mayAct }: Props) {
  const competitor = useCompetitor(id)
  const { row, readings, lastTry, health, problem, askAgain, onNews } = competitor
  useCurrentState(row)
  const [latest = null] = readings ?? []
  const asked = useAskedReading(id, readings ?? [], askAgain)
  const trial = useTrial(id)
  const now = useNow(0, 30_000)
  const doubted = readings?.find(({ state }) => state === 'quarantined')
  const isRead = asked.jobId !== null || (latest?.state === 'fetching' && lastTry?.state !== 'waiting')
  return (
    <div className="watch">
      <HealthCard health={health} latest={latest} now={now} row={row}>
        {mayAct && (
          <>
            <button className="jobs__button" disabled={trial.isShown && !trial.said} onClick={trial.run} type="button">
              Test scrape
            </button>
            <button
              className="jobs__button jobs__button--first"
              disabled={asked.isSending || asked.jobId !== null}
              onClick={asked.ask}
              type="button"
            >
              {asked.isSending ? 'Queueing …' : 'Scrape now'}
            </button>
          </>
        )}
      </HealthCard>
      <Refused words={problem} />
      <Refused words={asked.problem} />
      {lastTry && <LastTry lastTry={lastTry} now={now} way={mayAct ? AT_ONCE : null} what="The last try to read them" />}
      {isRead && <UnderWay jobId={asked.jobId} onNews={onNews} reading={latest} />}
      {doubted && <Quarantine id={id} key={doubted.id} mayAct={mayAct} now={now} onDecided={askAgain} reading={doubted} />}
      {trial.isShown && <TestScrape trial={trial} />}
      {row && <Known competitor={competitor} id={id} mayAct={mayAct} now={now} />}
    </div>
  )
}

function Refused({ words }: { words: string | null }) {
  if (!words) return null
  return (
    <p className="jobs__problem" role="alert">
      {words}
    </p>
  )
}

const PARTS = [
  ['sale', 'On sale'],
  ['sold', 'Sold'],
  ['figures', 'Over time'],
  ['readings', 'Readings'],
] as const
type Part = (typeof PARTS)[number][0]

/** What is known of a competitor, a part at a time. */
function Known({ competitor: { readings, version, health }, id, mayAct, now }: Props & { competitor: Competitor; now: Date }) {
  const [part, setPart] = useState<Part>('sale')
  const isNew = health?.state === 'never'
  return (
    <section aria-label="What is known of them" className="watch__known">
      <Choice label="What is shown" onChoose={setPart} options={PARTS} value={part} />
      {part === 'sale' && (
        <StockSection id={id} isNew={isNew} key="sale" mayAct={mayAct} now={now} sold={false} version={version} />
      )}
      {part === 'sold' && <StockSection id={id} isNew={isNew} key="sold" mayAct={mayAct} now={now} sold version={version} />}
      {part === 'figures' && <FiguresSection id={id} version={version} />}
      {part === 'readings' && <ReadingsTable now={now} readings={readings ?? []} />}
    </section>
  )
}
