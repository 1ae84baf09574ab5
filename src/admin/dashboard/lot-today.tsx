import { Gutter } from '@payloadcms/ui'
import type { AdminViewServerProps, SanitizedPermissions, Where } from 'payload'
import { loadLotStats, SALES_DAYS } from '../../lot/store/lot-stats.ts'
import { getLotTimeZone } from '../../lot/time-zone.ts'
import { getStatusLabels } from '../lot/status-labels.ts'
import { getCurrency } from '../../settings/lot-currency.ts'
import { formatAmount, formatInteger } from '../ui/format-figures.ts'
import {
  buildAgedCarsFilter,
  carsWithoutPhotos,
  loadLotFigures,
  type LotFigures,
} from './lot-figures.ts'
import { NewestCars } from './newest-cars.tsx'
import { StockAge } from './stock-age.tsx'
import { buildListLink, type Routes, Tile } from './tile.tsx'
import './lot-today.css'

const DAY = 24 * 3600 * 1000
const AGED_DAYS = 60

/**
 * The dashboard: the current state of the lot, each figure linked to its cars. Shows only what the
 * viewer may read.
 */
export async function LotToday({ initPageResult: { req, permissions } }: AdminViewServerProps) {
  if (!permissions.canAccessAdmin || !permissions.collections?.inventory?.read) return null
  const { config } = req.payload
  const inventory = req.payload.collections.inventory.config
  const statusLabels = getStatusLabels(
    inventory.flattenedFields.find(({ name }) => name === 'status'),
  )
  const agedBefore = new Date(Date.now() - AGED_DAYS * DAY).toISOString()
  const [figures, stats] = await Promise.all([
    loadLotFigures(req, Object.keys(statusLabels), agedBefore),
    loadLotStats(req, { days: SALES_DAYS, timeZone: getLotTimeZone(req.payload) }),
  ])
  return (
    <Gutter className="lot-today">
      <Head permissions={permissions} routes={config.routes} />
      <Statuses
        currency={getCurrency(config)}
        figures={figures}
        routes={config.routes}
        words={statusLabels}
      />
      <Notes agedBefore={agedBefore} figures={figures} routes={config.routes} />
      <StockAge currency={getCurrency(config)} routes={config.routes} stats={stats} />
      <NewestCars
        cars={figures.newest}
        currency={getCurrency(config)}
        origin={config.serverURL}
        routes={config.routes}
        labels={statusLabels}
      />
    </Gutter>
  )
}

function Head({ permissions, routes }: { permissions: SanitizedPermissions; routes: Routes }) {
  return (
    <header className="lot-today__head">
      <h1>The lot today</h1>
      {permissions.collections?.inventory?.create && (
        <a className="lot-today__new" href={`${routes.admin}/collections/inventory/create`}>
          Add a car
        </a>
      )}
    </header>
  )
}

function Statuses({
  currency,
  figures,
  routes,
  words,
}: {
  currency: string
  figures: LotFigures
  routes: Routes
  words: Record<string, string>
}) {
  return (
    <nav aria-label="Cars by status" className="lot-today__tiles">
      {Object.entries(words).map(([status, label]) => (
        <Tile
          key={status}
          label={label}
          mark={status}
          routes={routes}
          value={formatInteger(figures.counts[status] ?? 0)}
          where={{ and: [{ status: { equals: status } }] }}
        />
      ))}
      {figures.valueCents !== null && (
        <Tile
          label="Total price of all available cars"
          routes={routes}
          value={formatAmount(Math.round(figures.valueCents / 100), currency)}
          where={{ and: [{ status: { equals: 'available' } }] }}
          wide
        />
      )}
    </nav>
  )
}

/** What needs attention; empty if nothing does. */
function Notes({
  agedBefore,
  figures,
  routes,
}: {
  agedBefore: string
  figures: LotFigures
  routes: Routes
}) {
  const { withoutPhotos, aged } = figures
  return (
    <ul className="lot-today__notes">
      {withoutPhotos > 0 && (
        <Note
          count={withoutPhotos}
          routes={routes}
          where={carsWithoutPhotos}
          words="available without a photo"
        />
      )}
      {aged > 0 && (
        <Note
          count={aged}
          routes={routes}
          where={buildAgedCarsFilter(agedBefore)}
          words={`available for more than ${AGED_DAYS} days`}
        />
      )}
    </ul>
  )
}

function Note({
  count,
  words,
  where,
  routes,
}: {
  count: number
  words: string
  where: Where
  routes: Routes
}) {
  return (
    <li>
      <a href={buildListLink(routes, where)}>
        <strong>{count === 1 ? '1 car' : `${formatInteger(count)} cars`}</strong> {words}
      </a>
    </li>
  )
}
