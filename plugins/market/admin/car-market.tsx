'use client'
import { useDocumentInfo } from '@payloadcms/ui'
import { useState } from 'react'
import { useNow, useVersion } from '../../../src/admin/ui/clock.ts'
import { LastTry } from '../../../src/admin/ui/last-try.tsx'
import { useApi } from '../../../src/admin/ui/use-api.ts'
import type { MarketAnswer } from '../endpoints/api-schemas.ts'
import { AnalyzeNow } from './analyze-now.tsx'
import { ComparableCars } from './comparable-cars.tsx'
import { Distribution } from './distribution.tsx'
import { NoVerdict } from './no-verdict.tsx'
import { PriceApplied, useChangeText } from './price-apply.tsx'
import { PriceChanges } from './price-changes.tsx'
import { PriceHistory } from './price-history.tsx'
import { PricePosition } from './price-position.tsx'
import { SoldCars } from './sold-cars.tsx'
import { SuggestedPrices } from './suggested-prices.tsx'
import { useDebounced } from './use-debounced.ts'
import { useFormPrice } from './use-form-price.ts'
import type { PriceChange } from './use-price-change.ts'
import { WhatIf } from './what-if.tsx'
import '../../../src/admin/ui/jobs.css'
import './car-market.css'

/**
 * The Market tab of a car: how its price compares with other cars for sale, and which prices are
 * suggested. Viewers can read it and try other prices; managers apply them.
 */
export function CarMarket({ hasSource }: { hasSource: boolean }) {
  const { id } = useDocumentInfo()
  if (id === undefined)
    return (
      <p className="car-market__empty">
        Save the car first. Then you can compare it with the market.
      </p>
    )
  return <MarketTab car={String(id)} hasSource={hasSource} />
}

function MarketTab({ car, hasSource }: { car: string; hasSource: boolean }) {
  const { hasSavePermission, lastUpdateTime } = useDocumentInfo()
  const [version, reload] = useVersion(lastUpdateTime)
  const [typedPrice, setTypedPrice] = useState<string | null>(null)
  const price = useDebounced(typedPrice)
  const now = useNow(0, 30_000)
  const query = price === null ? '' : `?price=${price}`
  const path = `/inventory/${encodeURIComponent(car)}/market${query}`
  const { value, problem } = useApi<MarketAnswer>(path, version)
  const mayAct = hasSavePermission === true
  return (
    <div className="car-market">
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      {value && value.car.status !== 'sold' && hasSource && mayAct && (
        <AnalyzeNow car={car} onEnded={reload} />
      )}
      {value?.lastTry && value.car.status !== 'sold' && (
        <LastTry
          lastTry={value.lastTry}
          now={now}
          hint={mayAct && hasSource ? 'To retry immediately, click “Analyze now”.' : null}
          subject="The last comparison"
        />
      )}
      {value ? (
        <MarketSections
          answer={value}
          hasSource={hasSource}
          mayAct={mayAct}
          now={now}
          onPriceChange={setTypedPrice}
          reload={reload}
          version={version}
        />
      ) : (
        <p className="car-market__empty">
          {problem ? 'Nothing to show until the server responds.' : 'Loading…'}
        </p>
      )}
    </div>
  )
}

type MarketSectionsProps = {
  answer: MarketAnswer
  hasSource: boolean
  mayAct: boolean
  now: Date
  version: number
  onPriceChange: (price: string | null) => void
  reload: () => void
}

function MarketSections(props: MarketSectionsProps) {
  const { answer, hasSource, mayAct, now, version } = props
  const { analysis, car, whatIf } = answer
  const hasVerdict = analysis !== null && analysis.recommendation !== 'insufficient_data'
  return (
    <>
      {hasVerdict ? (
        <PricePosition analysis={analysis} answer={answer} now={now} />
      ) : (
        <NoVerdict answer={answer} hasSource={hasSource} mayAct={mayAct} now={now} />
      )}
      {hasVerdict && <OtherPrices {...props} analysis={analysis} />}
      {analysis?.figures && (
        <Distribution
          analysis={analysis}
          figures={analysis.figures}
          price={car.price}
          whatIf={whatIf}
        />
      )}
      {analysis && analysis.comparables.length > 0 && (
        <ComparableCars
          car={car}
          comparables={analysis.comparables}
          distanceProblem={analysis.distanceProblem}
        />
      )}
      {analysis?.sold && <SoldCars now={now} sold={analysis.sold} />}
      <PriceHistory history={answer.history} now={now} price={car.price} />
      <PriceChanges car={car.id} now={now} version={version} />
    </>
  )
}

type OtherPricesProps = MarketSectionsProps & { analysis: NonNullable<MarketAnswer['analysis']> }

/** What other prices would mean. A manager applies one in place, and may undo that. */
function OtherPrices({ answer, analysis, mayAct, onPriceChange, reload }: OtherPricesProps) {
  const { car, whatIf } = answer
  const [applied, setApplied] = useState<PriceChange | null>(null)
  const adoptPrice = useFormPrice()
  const describeChange = useChangeText()
  const [announcement, setAnnouncement] = useState('')
  const handleChange = (change: PriceChange, isUndone: boolean) => {
    adoptPrice(change)
    setApplied(isUndone ? null : change)
    setAnnouncement(describeChange(change))
    reload()
  }
  const actions = {
    mayAct: mayAct && car.status !== 'sold',
    onApplied: (change: PriceChange) => handleChange(change, false),
    onRefused: reload,
  }
  return (
    <>
      <p className="announcement" role="status">
        {announcement}
      </p>
      {applied && (
        <PriceApplied
          car={car}
          change={applied}
          key={applied.car.updatedAt}
          onUndone={(change) => handleChange(change, true)}
        />
      )}
      {analysis.advice && <SuggestedPrices advice={analysis.advice} car={car} {...actions} />}
      <WhatIf car={car} onPriceChange={onPriceChange} whatIf={whatIf} {...actions} />
    </>
  )
}
