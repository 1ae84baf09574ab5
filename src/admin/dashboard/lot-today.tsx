import { Gutter } from '@payloadcms/ui'
import type { AdminViewServerProps, SanitizedPermissions, Where } from 'payload'
import { statusWords } from '../lot/status-words.ts'
import { dollars, whole } from '../lot/figures.ts'
import { agedCars, carsWithoutPhotos, lotFigures, type LotFigures } from './lot-figures.ts'
import { NewestCars } from './newest-cars.tsx'
import { listLink, type Routes, Tile } from './tile.tsx'
import './lot-today.css'

const DAY = 24 * 3600 * 1000
const AGED_DAYS = 60

/** The first screen: the lot as it stands now, each figure leading to its cars. Shows what the one who asks may read, and nothing else. */
export async function LotToday({ initPageResult: { req, permissions } }: AdminViewServerProps) {
  if (!permissions.canAccessAdmin || !permissions.collections?.inventory?.read) return null
  const { config } = req.payload
  const inventory = req.payload.collections.inventory.config
  const words = statusWords(inventory.flattenedFields.find(({ name }) => name === 'status'))
  const agedBefore = new Date(Date.now() - AGED_DAYS * DAY).toISOString()
  const figures = await lotFigures(req, Object.keys(words), agedBefore)
  return (
    <Gutter className="lot-today">
      <Head permissions={permissions} routes={config.routes} />
      <Statuses figures={figures} routes={config.routes} words={words} />
      <Notes agedBefore={agedBefore} figures={figures} routes={config.routes} />
      <NewestCars cars={figures.newest} origin={config.serverURL} routes={config.routes} words={words} />
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

function Statuses({ figures, routes, words }: { figures: LotFigures; routes: Routes; words: Record<string, string> }) {
  return (
    <nav aria-label="Cars by status" className="lot-today__tiles">
      {Object.entries(words).map(([status, label]) => (
        <Tile
          key={status}
          label={label}
          mark={status}
          routes={routes}
          value={whole(figures.counts[status] ?? 0)}
          where={{ and: [{ status: { equals: status } }] }}
        />
      ))}
      {figures.valueCents !== null && (
        <Tile
          label="Total price of all available cars"
          routes={routes}
          value={dollars(Math.round(figures.valueCents / 100))}
          where={{ and: [{ status: { equals: 'available' } }] }}
          wide
        />
      )}
    </nav>
  )
}

/** What wants looking after; silent about what is in order. */
function Notes({ agedBefore, figures, routes }: { agedBefore: string; figures: LotFigures; routes: Routes }) {
  const { withoutPhotos, aged } = figures
  return (
    <ul className="lot-today__notes">
      {withoutPhotos > 0 && (
        <Note count={withoutPhotos} routes={routes} where={carsWithoutPhotos} words="on show without a photo" />
      )}
      {aged > 0 && (
        <Note count={aged} routes={routes} where={agedCars(agedBefore)} words={`available for more than ${AGED_DAYS} days`} />
      )}
    </ul>
  )
}

function Note({ count, words, where, routes }: { count: number; words: string; where: Where; routes: Routes }) {
  return (
    <li>
      <a href={listLink(routes, where)}>
        <strong>{count === 1 ? '1 car' : `${whole(count)} cars`}</strong> {words}
      </a>
    </li>
  )
}
