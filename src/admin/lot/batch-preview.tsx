'use client'
import { formatCount } from '../../domain/format-count.ts'
import { type BatchPlan, type BatchRow, nameCars } from '../../lot/domain/price-batch.ts'
import { useMoneyFormat } from '../ui/use-money-format.ts'

const MAX_ROWS = 100

/** What a bulk change does to each price, and which cars it leaves out. */
export function BatchPreview({ plan: { rows, skipped } }: { plan: BatchPlan }) {
  if (rows.length === 0 && skipped.length === 0)
    return <p className="jobs__empty">No cars match.</p>
  return (
    <div className="change-prices__preview">
      {rows.length > 0 && (
        <div className="change-prices__scroll">
          <table aria-label="Preview">
            <thead>
              <tr>
                <th scope="col">Car</th>
                <th scope="col">Price</th>
                <th scope="col">New price</th>
                <th scope="col">Margin</th>
                <th scope="col">Market</th>
                <th scope="col">To market</th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, MAX_ROWS).map((row) => (
                <PreviewRow key={row.id} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > MAX_ROWS && (
        <p className="jobs__empty">{formatCount(rows.length - MAX_ROWS, 'more car')}.</p>
      )}
      {skipped.length > 0 && (
        <p className="jobs__empty">
          {`${formatCount(skipped.length, 'car')} left out: `}
          {nameCars(skipped.map(({ reason, title }) => `${title} ${reason}`))}.
        </p>
      )}
    </div>
  )
}

function PreviewRow({ row }: { row: BatchRow }) {
  const formatPrice = useMoneyFormat()
  const format = (amount: number | null) => (amount === null ? '–' : formatPrice(amount))
  return (
    <tr className={row.belowCost ? 'change-prices__below' : undefined}>
      <th scope="row">{row.title}</th>
      <td data-label="Price">{format(row.oldPrice)}</td>
      <td data-label="New price">
        <strong>{format(row.newPrice)}</strong>
      </td>
      <td data-label="Margin">{format(row.margin)}</td>
      <td data-label="Market">{format(row.marketPrice)}</td>
      <td data-label="To market">{row.priceToMarket === null ? '–' : `${row.priceToMarket}%`}</td>
    </tr>
  )
}
