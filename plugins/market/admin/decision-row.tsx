'use client'
import { formatMiles } from '../../../src/admin/ui/format-figures.ts'
import { formatRelativeTime } from '../../../src/admin/ui/relative-time.ts'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import { formatCount } from '../../../src/domain/format-count.ts'
import type { Decision } from '../endpoints/api-schemas.ts'
import { CarLink } from './car-link.tsx'
import { formatCarCount } from './describe-search.ts'
import { describeDifference } from './format.ts'
import { PriceApplied, PriceApply } from './price-apply.tsx'
import type { PriceChange } from './use-price-change.ts'
import { ProblemPill } from './verdict-pill.tsx'

type Props = {
  decision: Decision
  mayAct: boolean
  now: Date
  /** The change of the price that was made here, if any. */
  change: PriceChange | undefined
  onApplied: (change: PriceChange) => void
  onRefused: () => void
  onUndone: (change: PriceChange) => void
}

/** One car: what is wrong with its price, and the suggested one. */
export function DecisionRow({ decision, now, change, ...actions }: Props) {
  const formatPrice = useMoneyFormat()
  const { car, priceToMarket, problem, sentence } = decision
  const facts = [
    car.stockNumber,
    formatMiles(car.mileage),
    car.daysOnLot === null ? null : `${formatCount(car.daysOnLot, 'day')} on the lot`,
  ]
  return (
    <tr className={change && 'decision-table__done'}>
      <th scope="row">
        <CarLink id={car.id}>{car.title}</CarLink>
        <span>{facts.filter(Boolean).join(' · ')}</span>
      </th>
      <td>
        <p className="decision-table__problem">
          <ProblemPill problem={problem} /> {sentence}
        </p>
        <span>{describeBasis(decision, now)}</span>
      </td>
      <td className="decision-table__figure" data-label="Price">
        {formatPrice(change ? change.to : car.price)}
        {priceToMarket !== null && !change && <span>{describeDifference(priceToMarket)}</span>}
      </td>
      <td data-label="Suggested">
        <SuggestedPrice change={change} decision={decision} {...actions} />
      </td>
    </tr>
  )
}

/**
 * What the sentence is based on:
 * `Rank 6 of 12 by price · low confidence, 11 cars · compared 2 hours ago`.
 */
function describeBasis({ analysedAt, confidence, rank, sampleSize }: Decision, now: Date): string {
  if (analysedAt === null) return ''
  const compared = `Compared ${formatRelativeTime(new Date(analysedAt), now)}`
  if (rank === null) return compared
  const cars = formatCarCount(sampleSize ?? 0)
  return [
    `Rank ${rank.position} of ${rank.of} by price`,
    `${confidence} confidence, ${cars}`,
    compared.toLowerCase(),
  ].join(' · ')
}

function SuggestedPrice({
  decision: { car, range, suggestedPrice },
  mayAct,
  change,
  onApplied,
  onRefused,
  onUndone,
}: Omit<Props, 'now'>) {
  const formatPrice = useMoneyFormat()
  if (change) return <PriceApplied car={car} change={change} onUndone={onUndone} />
  if (suggestedPrice === null || range === null) return <CarLink id={car.id}>Open the car</CarLink>
  const around = `${formatPrice(range.low)} to ${formatPrice(range.high)}`
  return (
    <div className="decision-table__suggested">
      {mayAct ? (
        <PriceApply
          car={car}
          onApplied={onApplied}
          onRefused={onRefused}
          suggested={suggestedPrice}
        />
      ) : (
        <strong>{formatPrice(suggestedPrice)}</strong>
      )}
      {range.low < range.high && <span>{around}</span>}
    </div>
  )
}
