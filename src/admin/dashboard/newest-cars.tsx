import { formatAmount, formatMiles } from '../ui/format-figures.ts'
import { Photo } from '../lot/photo.tsx'
import { getThumbnailUrl } from '../lot/photo-order.ts'
import { StatusPill } from '../lot/status-pill.tsx'
import type { NewestCar } from './lot-figures.ts'
import type { Routes } from './tile.tsx'

type Props = {
  cars: readonly NewestCar[]
  currency: string
  origin: string
  routes: Routes
  labels: Record<string, string>
}

/** The newest cars on the lot, newest first. */
export function NewestCars({ cars, currency, origin, routes, labels }: Props) {
  if (cars.length === 0)
    return <p className="lot-today__empty">No cars on the lot. Add one, or import a list.</p>
  return (
    <section>
      <h2>Newest on the lot</h2>
      <ul className="lot-today__cars">
        {cars.map((car) => (
          <li key={car.id}>
            <a
              className="lot-car"
              href={`${routes.admin}/collections/inventory/${encodeURIComponent(car.id)}`}
            >
              <Photo src={car.thumbnail && getThumbnailUrl(car.thumbnail, [origin])} />
              <span className="lot-car__name">{car.title.split(' · ')[0]}</span>
              <span className="lot-car__figures">
                <strong>{formatAmount(car.price, currency)}</strong> {formatMiles(car.mileage)}
              </span>
              <StatusPill label={labels[car.status] ?? car.status} status={car.status} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
