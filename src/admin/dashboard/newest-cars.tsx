import { dollars, miles } from '../lot/figures.ts'
import { Photo } from '../lot/photo.tsx'
import { smallPhoto } from '../lot/photo-order.ts'
import { StatusPill } from '../lot/status-pill.tsx'
import type { Newest } from './lot-figures.ts'
import type { Routes } from './tile.tsx'

type Props = { cars: readonly Newest[]; origin: string; routes: Routes; words: Record<string, string> }

/** The cars on the lot that came last, newest first. */
export function NewestCars({ cars, origin, routes, words }: Props) {
  if (cars.length === 0) return <p className="lot-today__empty">There are no cars on the lot. Add one, or import a list.</p>
  return (
    <section>
      <h2>Newest on the lot</h2>
      <ul className="lot-today__cars">
        {cars.map((car) => (
          <li key={car.id}>
            <a className="lot-car" href={`${routes.admin}/collections/inventory/${encodeURIComponent(car.id)}`}>
              <Photo src={car.thumbnail && smallPhoto(car.thumbnail, [origin])} />
              <span className="lot-car__name">{car.title.split(' · ')[0]}</span>
              <span className="lot-car__figures">
                <strong>{dollars(car.price)}</strong> {miles(car.mileage)}
              </span>
              <StatusPill label={words[car.status] ?? car.status} status={car.status} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
