'use client'
import { useDocumentInfo } from '@payloadcms/ui'
import { useState } from 'react'
import { useNow, useVersion } from '../../../src/admin/jobs/clock.ts'
import { LastTry } from '../../../src/admin/jobs/last-try.tsx'
import { useAnswer } from '../../../src/admin/jobs/use-answer.ts'
import type { MarketAnswer } from '../endpoints/answers.ts'
import { AnalyseNow } from './analyse-now.tsx'
import { ComparableCars } from './comparable-cars.tsx'
import { Distribution } from './distribution.tsx'
import { NothingToSay } from './nothing-to-say.tsx'
import { PriceHistory } from './price-history.tsx'
import { Standing } from './standing.tsx'
import { useSettled } from './use-settled.ts'
import { WhatIf } from './what-if.tsx'
import '../../../src/admin/jobs/jobs.css'
import './car-market.css'

/** Where the price of a car stands among the others that are for sale: a tab of its screen. A viewer looks, and asks "what if". */
export function CarMarket({ hasSource }: { hasSource: boolean }) {
  const { id } = useDocumentInfo()
  if (id === undefined) return <p className="car-market__empty">Save the car first; then it can be compared with the market.</p>
  return <MarketOf car={String(id)} hasSource={hasSource} />
}

function MarketOf({ car, hasSource }: { car: string; hasSource: boolean }) {
  const { hasSavePermission, lastUpdateTime } = useDocumentInfo()
  const [version, askAgain] = useVersion(lastUpdateTime)
  const [asked, setAsked] = useState<string | null>(null)
  const price = useSettled(asked)
  const now = useNow(0, 30_000)
  const path = `/inventory/${encodeURIComponent(car)}/market${price === null ? '' : `?price=${price}`}`
  const { value, problem } = useAnswer<MarketAnswer>(path, version)
  const mayAct = hasSavePermission === true
  return (
    <div className="car-market">
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      {value && value.car.status !== 'sold' && hasSource && mayAct && <AnalyseNow car={car} onEnded={askAgain} />}
      {value?.lastTry && value.car.status !== 'sold' && (
        <LastTry
          lastTry={value.lastTry}
          now={now}
          way={mayAct && hasSource ? 'Analyse now tries at once.' : null}
          what="The last comparison"
        />
      )}
      {value ? (
        <Drawn answer={value} hasSource={hasSource} mayAct={mayAct} now={now} onAsk={setAsked} />
      ) : (
        <p className="car-market__empty">{problem ? 'Nothing to show until the server answers.' : 'Loading …'}</p>
      )}
    </div>
  )
}

type DrawnProps = {
  answer: MarketAnswer
  hasSource: boolean
  mayAct: boolean
  now: Date
  onAsk: (price: string | null) => void
}

function Drawn({ answer, hasSource, mayAct, now, onAsk }: DrawnProps) {
  const { analysis, car, whatIf } = answer
  const says = analysis !== null && analysis.recommendation !== 'insufficient_data'
  return (
    <>
      {says ? (
        <Standing analysis={analysis} car={car} now={now} />
      ) : (
        <NothingToSay answer={answer} hasSource={hasSource} mayAct={mayAct} now={now} />
      )}
      {analysis?.figures && <Distribution analysis={analysis} figures={analysis.figures} price={car.price} whatIf={whatIf} />}
      {says && <WhatIf mayAct={mayAct && car.status !== 'sold'} onAsk={onAsk} price={car.price} whatIf={whatIf} />}
      {analysis && analysis.comparables.length > 0 && <ComparableCars car={car} comparables={analysis.comparables} />}
      <PriceHistory history={answer.history} now={now} price={car.price} />
    </>
  )
}
