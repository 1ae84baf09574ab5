import { formatAge } from '../../../src/admin/ui/relative-time.ts'
import { formatInteger } from '../../../src/admin/ui/format-figures.ts'
import { formatMoment } from '../../../src/admin/ui/format.ts'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import type { MarketAnswer } from '../endpoints/api-schemas.ts'
import { formatCarCount, describeSearch } from './describe-search.ts'
import { useEstimateFormat } from './use-estimate-format.ts'
import { VerdictPill } from './verdict-pill.tsx'
import { describeDifference, CONFIDENCES, formatPercent, describeSource } from './format.ts'

type Analysis = NonNullable<MarketAnswer['analysis']>
type Props = {
  answer: MarketAnswer
  analysis: Analysis
  now: Date
}

/** The price's market position, as numbers and text. */
export function PricePosition({ answer, analysis, now }: Props) {
  const formatPrice = useMoneyFormat()
  const formatEstimate = useEstimateFormat()
  const { car } = answer
  const { confidence, explanation, figures, priceToMarket, rank, recommendation } = analysis
  const { interval, marketDaysSupply: supply } = analysis
  return (
    <section aria-label="Market position" className="standing">
      <p className="standing__verdict">
        <VerdictPill recommendation={recommendation} />
        <strong>{formatPrice(car.price)}</strong>
        {priceToMarket !== null && (
          <span>{describeDifference(priceToMarket)} the market price</span>
        )}
      </p>
      <dl className="standing__figures">
        <Figure name="Price to market" value={formatPercent(priceToMarket)} />
        <Figure
          name="Market price"
          value={figures ? formatEstimate(figures.expectedPrice) : '–'}
          note={interval && `${formatEstimate(interval.low)} to ${formatEstimate(interval.high)}`}
        />
        <Figure
          name="Rank by asking price"
          value={rank ? `${rank.position} of ${rank.of}` : '–'}
          note="1 is the cheapest"
        />
        <Figure
          name="Confidence"
          value={CONFIDENCES[confidence]}
          note={formatCarCount(figures?.sampleSize ?? 0)}
        />
        <Figure
          name="Days for sale"
          value={car.daysOnMarket === null ? '–' : formatInteger(car.daysOnMarket)}
          note={describeOthersDays(analysis.comparables)}
        />
        <Figure
          name="Market days supply"
          value={supply.days === null ? '–' : formatInteger(supply.days)}
          note={supply.reason}
        />
      </dl>
      <p>{explanation}</p>
      <SourceNote analysis={analysis} now={now} />
    </section>
  )
}

/** How long the comparable cars have been for sale: `others: 34, half of them longer`. */
function describeOthersDays(comparables: Analysis['comparables']): string | null {
  const days = comparables.flatMap(({ daysOnMarket }) => daysOnMarket ?? [])
  const middle = days.toSorted((one, other) => one - other)[Math.floor(days.length / 2)]
  return middle === undefined ? null : `others: typically ${formatInteger(middle)}`
}

type FigureProps = {
  name: string
  value: string
  note?: string | null | undefined
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

/** The source and age of the figures, and the search criteria. */
export function SourceNote({
  analysis: { analysedAt, searched, source, tier },
  now,
}: {
  analysis: Analysis
  now: Date
}) {
  const { leftOut, criteria, notes, wider } = describeSearch(searched)
  return (
    <div className="standing__source">
      <p>
        From {describeSource(source)}, {formatMoment(analysedAt, now)} ({formatAge(analysedAt, now)}
        ).
        {criteria && ` Search: ${criteria}.`} {!tier && wider}
      </p>
      {leftOut.length > 0 && <p>Excluded: {leftOut.join('; ')}.</p>}
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  )
}
