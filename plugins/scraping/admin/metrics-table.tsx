import { formatInteger } from '../../../src/admin/ui/format-figures.ts'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import type { MetricsAnswer } from './api-types.ts'
import { formatDay } from './format.ts'

/** The metrics over time for screen readers, latest first. */
export function MetricsTable({ metrics }: { metrics: readonly MetricsAnswer[] }) {
  const formatPrice = useMoneyFormat()
  return (
    <div className="watch__heard">
      <table>
        <caption>Metrics as a table</caption>
        <thead>
          <tr>
            <th scope="col">On</th>
            <th scope="col">Cars for sale</th>
            <th scope="col">Average price</th>
            <th scope="col">Average days on market</th>
            <th scope="col">Sold in 30 days</th>
            <th scope="col">New in 30 days</th>
            <th scope="col">Repriced in 30 days</th>
          </tr>
        </thead>
        <tbody>
          {metrics.toReversed().map((one) => (
            <tr key={one.calculatedAt}>
              <th scope="row">{formatDay(one.calculatedAt)}</th>
              <td>{formatInteger(one.totalInventory)}</td>
              <td>{one.avgPrice === null ? '–' : formatPrice(one.avgPrice)}</td>
              <td>{one.avgDaysOnMarket ?? '–'}</td>
              <td>{formatInteger(one.vehiclesSold30d)}</td>
              <td>{formatInteger(one.newListings30d)}</td>
              <td>{formatInteger(one.priceChanges30d)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
