import { dollars, whole } from '../../../src/admin/lot/figures.ts'
import type { FigureAnswer } from './answers.ts'
import { dayWords } from './words.ts'

/** The figures over time for who does not see the drawings; the latest ones first. */
export function FiguresTable({ metrics }: { metrics: readonly FigureAnswer[] }) {
  return (
    <div className="watch__heard">
      <table>
        <caption>The same as a table</caption>
        <thead>
          <tr>
            <th scope="col">On</th>
            <th scope="col">Cars on sale</th>
            <th scope="col">Average price</th>
            <th scope="col">Days on sale, on average</th>
            <th scope="col">Sold in 30 days</th>
            <th scope="col">New in 30 days</th>
            <th scope="col">Repriced in 30 days</th>
          </tr>
        </thead>
        <tbody>
          {metrics.toReversed().map((one) => (
            <tr key={one.calculatedAt}>
              <th scope="row">{dayWords(one.calculatedAt)}</th>
              <td>{whole(one.totalInventory)}</td>
              <td>{one.avgPrice === null ? '–' : dollars(one.avgPrice)}</td>
              <td>{one.avgDaysOnMarket ?? '–'}</td>
              <td>{whole(one.vehiclesSold30d)}</td>
              <td>{whole(one.newListings30d)}</td>
              <td>{whole(one.priceChanges30d)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
