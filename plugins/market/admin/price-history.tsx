'use client'
import { useMemo } from 'react'
import { formatMoment } from '../../../src/admin/ui/format.ts'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import type { MarketAnswer } from '../endpoints/api-schemas.ts'
import { type PriceLines, PriceChart } from './price-chart.tsx'
import './comparable-cars.css'

type History = MarketAnswer['history']
type Props = {
  history: History
  price: number
  now: Date
}

/** Our price and market prices over time, as a chart and a table. */
export function PriceHistory({ history, price, now }: Props) {
  const lines = useMemo(() => buildLines(history, price), [history, price])
  return (
    <section aria-labelledby="price-history" className="price-history">
      <h3 id="price-history">Prices over time</h3>
      {history.length === 0 && (
        <p className="car-market__empty">
          Nothing yet. An entry is added after each analysis with enough cars and each time our
          price changes.
        </p>
      )}
      {history.length === 1 && (
        <p className="car-market__empty">
          One entry so far. The chart appears with the second one.
        </p>
      )}
      {history.length > 1 && <PriceChart lines={lines} />}
      {history.length > 0 && (
        <details>
          <summary>Show as a table</summary>
          <Table history={history} now={now} />
        </details>
      )}
    </section>
  )
}

/** Our price continues until now. */
function buildLines(history: History, price: number): PriceLines {
  return [
    [...history.map(({ recordedAt }) => Date.parse(recordedAt) / 1000), Date.now() / 1000],
    [...history.map(({ ourPrice }) => ourPrice), price],
    [...history.map(({ medianMarketPrice }) => medianMarketPrice), null],
    [...history.map(({ minMarketPrice }) => minMarketPrice), null],
  ]
}

function Table({ history, now }: { history: History; now: Date }) {
  const formatPrice = useMoneyFormat()
  const amount = (value: number | null) => (value === null ? '–' : formatPrice(value))
  return (
    <div className="price-history__table">
      <table>
        <thead>
          <tr>
            {['When', 'Ours', 'Median', 'Lowest', 'Cars'].map((name, index) => (
              <th
                className={index > 0 ? 'comparable-cars__figure' : undefined}
                key={name}
                scope="col"
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {history
            .toReversed()
            .map(
              ({ recordedAt, ourPrice, medianMarketPrice, minMarketPrice, sampleSize }, index) => (
                <tr key={`${recordedAt} ${index}`}>
                  <th scope="row">{formatMoment(recordedAt, now)}</th>
                  <td className="comparable-cars__figure">{formatPrice(ourPrice)}</td>
                  <td className="comparable-cars__figure">{amount(medianMarketPrice)}</td>
                  <td className="comparable-cars__figure">{amount(minMarketPrice)}</td>
                  <td className="comparable-cars__figure">{sampleSize ?? '–'}</td>
                </tr>
              ),
            )}
        </tbody>
      </table>
    </div>
  )
}
