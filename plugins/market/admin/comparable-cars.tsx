import { findAddress } from '../../../src/admin/ui/comparable-columns.ts'
import { formatMiles } from '../../../src/admin/ui/format-figures.ts'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import type { MarketAnswer } from '../endpoints/api-schemas.ts'
import { formatCarCount } from './describe-search.ts'
import './cards.css'
import './comparable-cars.css'

type Comparable = NonNullable<MarketAnswer['analysis']>['comparables'][number]
type Car = MarketAnswer['car']

/** The comparable cars, cheapest first, with our car at its position; outliers come last. */
export function ComparableCars({
  comparables,
  car,
}: {
  comparables: readonly Comparable[]
  car: Car
}) {
  const counted = comparables.filter(({ outlier }) => !outlier)
  const beyond = comparables.filter(({ outlier }) => outlier)
  const position = counted.filter(({ price }) => price < car.price).length
  return (
    <section aria-labelledby="comparable-cars">
      <h3 id="comparable-cars">Compared with {formatCarCount(counted.length)}</h3>
      <div aria-labelledby="comparable-cars" className="comparable-cars" role="region" tabIndex={0}>
        <table className="market-cards">
          <thead>
            <tr>
              <th scope="col">Car</th>
              <th className="comparable-cars__figure" scope="col">
                Price
              </th>
              <th className="comparable-cars__figure" scope="col">
                At our mileage
              </th>
              <th className="comparable-cars__figure" scope="col">
                Mileage
              </th>
              <th scope="col">Location</th>
            </tr>
          </thead>
          <tbody>
            {counted.slice(0, position).map(renderRow)}
            <OurRow car={car} />
            {counted.slice(position).map(renderRow)}
            {beyond.map(renderRow)}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const renderRow = (other: Comparable, index: number) => (
  <OtherRow key={`${other.vin ?? ''} ${other.price} ${index}`} other={other} />
)

function OurRow({ car: { title, price, mileage } }: { car: Car }) {
  const formatPrice = useMoneyFormat()
  return (
    <tr className="comparable-cars__ours">
      <th scope="row">
        Ours <span>{title}</span>
      </th>
      <td className="comparable-cars__figure" data-label="Price">
        {formatPrice(price)}
      </td>
      <td className="comparable-cars__figure" data-label="At our mileage">
        {formatPrice(price)}
      </td>
      <td className="comparable-cars__figure" data-label="Mileage">
        {formatMiles(mileage)}
      </td>
      <td />
    </tr>
  )
}

function OtherRow({ other }: { other: Comparable }) {
  const formatPrice = useMoneyFormat()
  const { adjustedPrice, city, dealer, make, mileage, model, outlier, price, state, trim, year } =
    other
  const address = findAddress(other)
  const name = [year, make, model, trim].filter(Boolean).join(' ')
  const where = [dealer, [city, state].filter(Boolean).join(', ')].filter(Boolean).join(' · ')
  return (
    <tr className={outlier ? 'comparable-cars__outlier' : undefined}>
      <th scope="row">
        {address ? (
          <a href={address} rel="noopener noreferrer" target="_blank">
            {name}
          </a>
        ) : (
          name
        )}
        {outlier && <span> excluded: its price is far from the others</span>}
      </th>
      <td className="comparable-cars__figure" data-label="Price">
        {formatPrice(price)}
      </td>
      <td className="comparable-cars__figure" data-label="At our mileage">
        {adjustedPrice === null ? '–' : formatPrice(Math.round(adjustedPrice))}
      </td>
      <td className="comparable-cars__figure" data-label="Mileage">
        {mileage === null ? '–' : formatMiles(mileage)}
      </td>
      <td data-label="Location">{where || '–'}</td>
    </tr>
  )
}
