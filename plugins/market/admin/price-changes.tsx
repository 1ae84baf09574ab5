'use client'
import type { PaginatedDocs } from 'payload'
import { formatMoment } from '../../../src/admin/ui/format.ts'
import { useApi } from '../../../src/admin/ui/use-api.ts'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import { PRICE_CHANGE_REASONS } from '../../../src/domain/price-change.ts'
import { formatCount } from '../../../src/domain/format-count.ts'
import type { PriceChange } from '../../../src/generated/payload-types.ts'
import { formatPercent } from './format.ts'
import './price-changes.css'

const MAX_CHANGES = 10
type Props = {
  car: string
  version: number
  now: Date
}

/** The last changes of the price of a car, newest first: who changed it, when, and why. */
export function PriceChanges({ car, version, now }: Props) {
  const query = new URLSearchParams({
    'where[inventory][equals]': car,
    sort: '-changedAt',
    limit: String(MAX_CHANGES),
    depth: '1',
  })
  const path = `/price-changes?${query.toString()}`
  const { value, problem } = useApi<PaginatedDocs<PriceChange>>(path, version)
  const older = value ? value.totalDocs - value.docs.length : 0
  return (
    <section aria-labelledby="price-changes">
      <h3 id="price-changes">Price changes</h3>
      {!value && <p className="car-market__empty">{problem ?? 'Loading…'}</p>}
      {value?.docs.length === 0 && (
        <p className="car-market__empty">The price has not changed since the car was added.</p>
      )}
      <ul className="price-changes">
        {value?.docs.map((change) => (
          <ChangeItem change={change} key={change.id} now={now} />
        ))}
      </ul>
      {older > 0 && (
        <p className="car-market__empty">
          {formatCount(older, 'older change')} {older === 1 ? 'is' : 'are'} in the list of price
          changes.
        </p>
      )}
    </section>
  )
}

function ChangeItem({ change, now }: { change: PriceChange; now: Date }) {
  const formatPrice = useMoneyFormat()
  const { changedAt, changedBy, fromPrice, note, reason, toPrice } = change
  const percent = ((toPrice - fromPrice) * 100) / fromPrice
  const by = typeof changedBy === 'object' && changedBy ? changedBy.name : null
  const facts = [changedAt && formatMoment(changedAt, now), by, PRICE_CHANGE_REASONS[reason], note]
  return (
    <li>
      <span>
        {formatPrice(fromPrice)} → <strong>{formatPrice(toPrice)}</strong>
      </span>
      <span>{`${percent > 0 ? '+' : '−'}${formatPercent(Math.abs(percent))}`}</span>
      <span className="price-changes__facts">{facts.filter(Boolean).join(' · ')}</span>
    </li>
  )
}
