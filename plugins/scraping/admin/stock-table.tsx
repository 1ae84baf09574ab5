'use client'
import { useConfig } from '@payloadcms/ui'
import { formatCount } from '../../../src/domain/format-count.ts'
import { formatMiles } from '../../../src/admin/ui/format-figures.ts'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import { computePriceChange } from '../domain/price-line.ts'
import type { CarAnswer } from './api-types.ts'
import { Sparkline } from './sparkline.tsx'
import { formatDay, toWebLink } from './format.ts'

type Props = {
  cars: readonly CarAnswer[]
  sold: boolean
  now: Date
}

/** A competitor's cars, each with its price history. */
export function StockTable({ cars, sold, now }: Props) {
  const formatPrice = useMoneyFormat()
  return (
    <table className="watch-table watch-stock">
      <caption className="watch__heard">{sold ? 'Sold cars' : 'Cars for sale'}</caption>
      <thead>
        <tr>
          <th scope="col">Car</th>
          <th scope="col">Price</th>
          <th scope="col">Price history</th>
          <th scope="col">Mileage</th>
          <th scope="col">Time on market</th>
          <th scope="col">{sold ? 'Sold (estimated)' : 'Since'}</th>
        </tr>
      </thead>
      <tbody>
        {cars.map((car) => (
          <tr key={car.id}>
            <th scope="row">
              <CarName car={car} />
            </th>
            <td data-label="Price">{car.price === null ? 'Not listed' : formatPrice(car.price)}</td>
            <td data-label="Price history">
              <PriceSoFar car={car} until={car.soldAt ?? car.lastSeenAt ?? now.toISOString()} />
            </td>
            <td data-label="Mileage">{car.mileage === null ? '–' : formatMiles(car.mileage)}</td>
            <td data-label="Time on market">
              {car.daysOnMarket === null ? '–' : formatCount(car.daysOnMarket, 'day')}
            </td>
            <td data-label={sold ? 'Sold (estimated)' : 'Since'}>{formatSaleDay(car, sold)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function formatSaleDay({ firstSeenAt, soldAt }: CarAnswer, sold: boolean): string {
  const moment = sold ? soldAt : firstSeenAt
  return moment === null ? '–' : formatDay(moment)
}

/** The car's title, linked to its screen, with its identifiers and any anomalies. */
function CarName({
  car: { id, title, vin, stockNumber, url, isSold, missingSince, movedTo },
}: {
  car: CarAnswer
}) {
  const { config } = useConfig()
  const page = toWebLink(url)
  return (
    <>
      <a
        className="watch-stock__name"
        href={`${config.routes.admin}/collections/competitor-inventory/${encodeURIComponent(id)}`}
      >
        {(title ?? '').split(' · ')[0] || 'Unnamed car'}
      </a>
      <span className="job-table__note watch-stock__numbers">
        {page && (
          <a href={page} rel="noopener noreferrer" target="_blank">
            Their page
          </a>
        )}
        {vin && <span>{vin}</span>}
        {stockNumber && <span>{stockNumber}</span>}
        {!vin && !stockNumber && <span>No VIN or stock number</span>}
      </span>
      {movedTo && <span className="job-table__note">Now listed by another dealer.</span>}
      {missingSince && !isSold && !movedTo && (
        <span className="job-table__note">Not found since {formatDay(missingSince)}.</span>
      )}
    </>
  )
}

function PriceSoFar({ car: { prices }, until }: { car: CarAnswer; until: string }) {
  const formatPrice = useMoneyFormat()
  const change = computePriceChange(prices)
  return (
    <span className="watch-stock__prices">
      <Sparkline prices={prices} until={until} />
      {change !== 0 && (
        <span className={change < 0 ? 'watch-stock__down' : 'watch-stock__up'}>
          {change < 0 ? '−' : '+'}
          {formatPrice(Math.abs(change))}
        </span>
      )}
    </span>
  )
}
