'use client'
import { formatRelativeTime } from '../../../src/admin/ui/relative-time.ts'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import type { OverviewAnswer } from '../endpoints/api-schemas.ts'
import { CarLink } from './car-link.tsx'
import { formatPercent } from './format.ts'
import './cards.css'
import './overview-table.css'

type OverviewCar = OverviewAnswer['stale']['cars'][number]
type RowProps = { car: OverviewCar; now: Date }
type Props = { cars: readonly OverviewCar[]; name: string; now: Date }

/**
 * The cars of a group, each with its price and the expected price. The difference is a bar that
 * starts at 100%.
 */
export function OverviewTable({ cars, name, now }: Props) {
  return (
    <table aria-label={name} className="standing-table market-cards">
      <thead>
        <tr>
          <th scope="col">Car</th>
          <th className="standing-table__figure" scope="col">
            Price
          </th>
          <th className="standing-table__figure" scope="col">
            Expected
          </th>
          <th scope="col">Price to market</th>
          <th className="standing-table__figure" scope="col">
            Cars
          </th>
          <th scope="col">Compared</th>
        </tr>
      </thead>
      <tbody>
        {cars.map((car) => (
          <Row car={car} key={car.id} now={now} />
        ))}
      </tbody>
    </table>
  )
}

function Row({
  car: { id, title, price, expectedPrice, priceToMarket, sampleSize, analysedAt },
  now,
}: RowProps) {
  const formatPrice = useMoneyFormat()
  return (
    <tr>
      <th scope="row">
        <CarLink id={id}>{title}</CarLink>
      </th>
      <td className="standing-table__figure" data-label="Price">
        {formatPrice(price)}
      </td>
      <td className="standing-table__figure" data-label="Expected">
        {expectedPrice === null ? '–' : formatPrice(expectedPrice)}
      </td>
      <td data-label="Price to market">
        <PercentBar percent={priceToMarket} />
      </td>
      <td className="standing-table__figure" data-label="Cars">
        {sampleSize ?? '–'}
      </td>
      <td data-label="Compared">
        {analysedAt ? formatRelativeTime(new Date(analysedAt), now) : 'never'}
      </td>
    </tr>
  )
}

/**
 * Extends right for above and left for below. Half of the bar is 50 percent; larger differences
 * fill it.
 */
const HALF_PERCENT = 50
const BAR_WIDTH = 96

function PercentBar({ percent }: { percent: number | null }) {
  if (percent === null) return <>–</>
  const reach = (Math.min(Math.abs(percent - 100), HALF_PERCENT) / HALF_PERCENT) * (BAR_WIDTH / 2)
  const above = percent > 100
  return (
    <span className="apart">
      <svg aria-hidden height={12} width={BAR_WIDTH}>
        <rect
          className={above ? 'apart__bar apart__bar--above' : 'apart__bar apart__bar--below'}
          height={8}
          width={reach}
          x={above ? BAR_WIDTH / 2 : BAR_WIDTH / 2 - reach}
          y={2}
        />
        <line className="apart__middle" x1={BAR_WIDTH / 2} x2={BAR_WIDTH / 2} y1={0} y2={12} />
      </svg>
      {formatPercent(percent)}
    </span>
  )
}
