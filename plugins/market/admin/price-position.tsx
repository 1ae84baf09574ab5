import { formatRelativeTime } from '../../../src/admin/ui/relative-time.ts'
import { formatMoment } from '../../../src/admin/ui/format.ts'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import type { MarketAnswer } from '../endpoints/api-schemas.ts'
import { formatCarCount, describeSearch } from './describe-search.ts'
import { VerdictPill } from './verdict-pill.tsx'
import { describeDifference, CONFIDENCES, formatPercent, describeSource } from './format.ts'

type Analysis = NonNullable<MarketAnswer['analysis']>
type Props = { analysis: Analysis; car: MarketAnswer['car']; now: Date }

/** The price's market position, as numbers and text. */
export function PricePosition({ analysis, car, now }: Props) {
  const formatPrice = useMoneyFormat()
  const { confidence, explanation, figures, priceToMarket, rank, recommendation } = analysis
  return (
    <section aria-label="Market position" className="standing">
      <p className="standing__verdict">
        <VerdictPill recommendation={recommendation} />
        <strong>{formatPrice(car.price)}</strong>
        {priceToMarket !== null && (
          <span>{describeDifference(priceToMarket)} the expected price</span>
        )}
      </p>
      <dl className="standing__figures">
        <Figure name="Price to market" value={formatPercent(priceToMarket)} />
        <Figure name="Expected" value={figures ? formatPrice(figures.expectedPrice) : '–'} />
        <Figure
          name="Rank by price"
          value={rank ? `${rank.position} of ${rank.of}` : '–'}
          note="1 is the cheapest"
        />
        <Figure
          name="Confidence"
          value={CONFIDENCES[confidence]}
          note={formatCarCount(figures?.sampleSize ?? 0)}
        />
      </dl>
      <p>{explanation}</p>
      <SourceNote analysis={analysis} now={now} />
    </section>
  )
}

function Figure({ name, value, note }: { name: string; value: string; note?: string }) {
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
  analysis: { analysedAt, searched, source },
  now,
}: {
  analysis: Analysis
  now: Date
}) {
  const { leftOut, criteria, notes, wider } = describeSearch(searched)
  return (
    <div className="standing__source">
      <p>
        From {describeSource(source)}, {formatMoment(analysedAt, now)} (
        {formatRelativeTime(new Date(analysedAt), now)}).
        {criteria && ` Search: ${criteria}.`} {wider}
      </p>
      {leftOut.length > 0 && <p>Excluded: {leftOut.join('; ')}.</p>}
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  )
}
