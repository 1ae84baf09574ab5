'use client'
import { useConfig, useDocumentInfo } from '@payloadcms/ui'
import { useId, useState } from 'react'
import { sendCommand } from '../../../src/admin/ui/api.ts'
import { useNow, useVersion } from '../../../src/admin/ui/clock.ts'
import { formatMiles } from '../../../src/admin/ui/format-figures.ts'
import { formatAge } from '../../../src/admin/ui/relative-time.ts'
import { useApi } from '../../../src/admin/ui/use-api.ts'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import type { SubmissionMarket as Answer } from '../endpoints/submission-market.ts'
import { ComparableCars } from './comparable-cars.tsx'
import { formatCarCount } from './describe-search.ts'
import { useEstimateFormat } from './use-estimate-format.ts'
import '../../../src/admin/ui/jobs.css'
import './car-market.css'
import './submission-market.css'

/** What cars like a submitted one cost at its mileage, on the screen of the submission. */
export function SubmissionMarket() {
  const { id } = useDocumentInfo()
  return id === undefined ? null : <MarketSection id={String(id)} />
}

function MarketSection({ id }: { id: string }) {
  const heading = useId()
  const { lastUpdateTime } = useDocumentInfo()
  const [version, reload] = useVersion(lastUpdateTime)
  const path = `/pending-submissions/${encodeURIComponent(id)}/market`
  const { value, problem } = useApi<Answer>(path, version)
  return (
    <section aria-labelledby={heading} className="car-market submission-market">
      <h3 id={heading}>Market</h3>
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      {value?.market && <Figures answer={value} market={value.market} />}
      {value && !value.market && <NoMarket answer={value} onEvaluated={reload} />}
    </section>
  )
}

type Market = NonNullable<Answer['market']>

function Figures({ answer, market }: { answer: Answer; market: Market }) {
  const formatPrice = useMoneyFormat()
  const formatEstimate = useEstimateFormat()
  const { advice, expectedPrice, interval, maxPrice, minPrice, sampleSize } = market
  return (
    <>
      <dl className="standing__figures">
        <Figure
          name={describeMileage(answer)}
          note={interval && `${formatEstimate(interval.low)} to ${formatEstimate(interval.high)}`}
          value={formatEstimate(expectedPrice)}
        />
        <Figure
          name="For sale now"
          note={`${formatPrice(minPrice)} to ${formatPrice(maxPrice)}`}
          value={formatCarCount(sampleSize)}
        />
        <Figure
          name="Suggested selling price"
          note={advice && advice[advice.goal].sentence}
          value={advice ? formatPrice(advice[advice.goal].price) : '–'}
        />
      </dl>
      <SourceLine answer={answer} market={market} />
      <details>
        <summary>{formatCarCount(market.comparables.length)} compared</summary>
        <ComparableCars car={null} comparables={market.comparables} />
      </details>
    </>
  )
}

const describeMileage = ({ comparedAs: { mileage } }: Answer): string =>
  mileage === null ? 'Market price at any mileage' : `Market price at ${formatMiles(mileage)}`

type FigureProps = {
  name: string
  value: string
  note: string | null
}

function Figure({ name, value, note }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {note && <span>{note}</span>}
      </dd>
    </div>
  )
}

function SourceLine({ answer: { at, source }, market }: { answer: Answer; market: Market }) {
  const now = useNow(0, 30_000)
  const from = source === 'competitors' ? 'From competitors’ stock' : `From ${source}`
  const confidence =
    market.confidence === 'none'
      ? 'Too few cars for a reliable price.'
      : `Confidence: ${market.confidence}.`
  return (
    <p className="car-market__empty">
      {from}
      {at && `, ${formatAge(at, now)}`}. {market.tier && `Compared: ${market.tier}. `}
      {confidence}
    </p>
  )
}

const UNKNOWN =
  'No source to compare with. Set AUTODEV_API_KEY on the server, or add competitors to scrape.'
const NONE_FOR_SALE = 'No such cars are for sale at competitors, so there is no market price.'

function NoMarket({ answer, onEvaluated }: { answer: Answer; onEvaluated: () => void }) {
  if (answer.canEvaluate && answer.vin !== null)
    return <Evaluate answer={answer} onEvaluated={onEvaluated} vin={answer.vin} />
  return <p className="car-market__empty">{answer.source === null ? UNKNOWN : NONE_FOR_SALE}</p>
}

type EvaluateProps = {
  answer: Answer
  vin: string
  onEvaluated: () => void
}

/** Asks the paid source once, when somebody wants to know. */
function Evaluate({ answer: { comparedAs }, vin, onEvaluated }: EvaluateProps) {
  const { config } = useConfig()
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const evaluate = async () => {
    setIsBusy(true)
    const { trim, mileage } = comparedAs
    const body = { vin, ...(trim && { trim }), ...(mileage !== null && { mileage }) }
    const result = await sendCommand(`${config.routes.api}/vin-evaluation`, body)
    setProblem('problem' in result ? result.problem : null)
    setIsBusy(false)
    onEvaluated()
  }
  return (
    <div className="analyse-now">
      <button
        className="jobs__button"
        disabled={isBusy}
        onClick={() => void evaluate()}
        type="button"
      >
        {isBusy ? 'Comparing…' : 'Compare with the market'}
      </button>
      <span className="car-market__empty">This car has not been compared at its mileage yet.</span>
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}
