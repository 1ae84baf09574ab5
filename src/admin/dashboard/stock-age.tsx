import type { Where } from 'payload'
import type { StoredStats } from '../../lot/store/lot-stats.ts'
import { formatAmount, formatInteger } from '../ui/format-figures.ts'
import { type Routes, Tile } from './tile.tsx'

type Props = {
  stats: StoredStats
  currency: string
  routes: Routes
}

/** The stock by its days on the lot, each with a link to its cars, and how fast cars sell. */
export function StockAge({ stats, currency, routes }: Props) {
  const { to30, to60, to90, over90, averageDaysToSell } = stats
  return (
    <section>
      <h2>Days on the lot</h2>
      <nav aria-label="Cars by days on the lot" className="lot-today__tiles">
        <AgeTile cars={to30} label="0–30 days" routes={routes} to={30} />
        <AgeTile cars={to60} from={31} label="31–60 days" routes={routes} to={60} />
        <AgeTile cars={to90} from={61} label="61–90 days" routes={routes} to={90} />
        <AgeTile cars={over90} from={91} label="More than 90 days" routes={routes} />
        <Tile
          label={describeSales(averageDaysToSell)}
          routes={routes}
          value={formatAmount(Math.round(stats.value), currency)}
          where={{ and: [{ status: { not_equals: 'sold' } }] }}
          wide
        />
      </nav>
    </section>
  )
}

/** The caption of the value of the stock, with the days that cars took to sell lately. */
const describeSales = (averageDaysToSell: number | null): string =>
  averageDaysToSell === null
    ? 'Value of the stock'
    : `Value of the stock; cars sell in ${formatInteger(Math.round(averageDaysToSell))} days`

type AgeProps = {
  label: string
  cars: number
  routes: Routes
  from?: number
  to?: number
}

function AgeTile({ label, cars, routes, from, to }: AgeProps) {
  const where: Where = {
    and: [
      { status: { not_equals: 'sold' } },
      ...(from === undefined ? [] : [{ daysOnLot: { greater_than_equal: from } }]),
      ...(to === undefined ? [] : [{ daysOnLot: { less_than_equal: to } }]),
    ],
  }
  return <Tile label={label} routes={routes} value={formatInteger(cars)} where={where} />
}
