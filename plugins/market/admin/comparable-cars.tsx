import { addressOf } from '../../../src/admin/json/comparables.ts'
import { dollars, miles } from '../../../src/admin/lot/figures.ts'
import type { MarketAnswer } from '../endpoints/answers.ts'
import { carsWords } from './searched.ts'
import './cards.css'
import './comparable-cars.css'

type Comparable = NonNullable<MarketAnswer['analysis']>['comparables'][number]
type Car = MarketAnswer['car']

/** The cars that the price is compared with, the cheapest first, with ours in its place; those that were left out last. */
export function ComparableCars({ comparables, car }: { comparables: readonly Comparable[]; car: Car }) {
  const counted = comparables.filter(({ outlier }) => !outlier)
  const beyond = comparables.filter(({ outlier }) => outlier)
  const place = counted.filter(({ price }) => price < car.price).length
  return (
    <section aria-labelledby="comparable-cars">
      <h3 id="comparable-cars">Compared with {carsWords(counted.length)}</h3>
      <div aria-labelledby="comparable-cars" className="comparable-cars" role="region" tabIndex={0}>
        <table className="market-cards">
          <thead>
            <tr>
              <th scope="col">Car</th>
              <th className="comparable-cars__figure" scope="col">
                Price
              </th>
              <th className="comparable-cars__figure" scope="col">
                At our miles
              </th>
              <th className="comparable-cars__figure" scope="col">
                Mileage
              </th>
              <th scope="col">Where</th>
            </tr>
          </thead>
          <tbody>
            {counted.slice(0, place).map(rowOf)}
            <Ours car={car} />
            {counted.slice(place).map(rowOf)}
            {beyond.map(rowOf)}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const rowOf = (other: Comparable, index: number) => <Other key={`${other.vin ?? ''} ${other.price} ${index}`} other={other} />

function Ours({ car: { title, price, mileage } }: { car: Car }) {
  return (
    <tr className="comparable-cars__ours">
      <th scope="row">
        Ours <span>{title}</span>
      </th>
      <td className="comparable-cars__figure" data-label="Price">
        {dollars(price)}
      </td>
      <td className="comparable-cars__figure" data-label="At our miles">
        {dollars(price)}
      </td>
      <td className="comparable-cars__figure" data-label="Mileage">
        {miles(mileage)}
      </td>
      <td />
    </tr>
  )
}

function Other({ other }: { other: Comparable }) {
  const { adjustedPrice, city, dealer, make, mileage, model, outlier, price, state, trim, year } = other
  const address = addressOf(other)
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
        {outlier && <span> left out: its price is far from the others</span>}
      </th>
      <td className="comparable-cars__figure" data-label="Price">
        {dollars(price)}
      </td>
      <td className="comparable-cars__figure" data-label="At our miles">
        {adjustedPrice === null ? '–' : dollars(Math.round(adjustedPrice))}
      </td>
      <td className="comparable-cars__figure" data-label="Mileage">
        {mileage === null ? '–' : miles(mileage)}
      </td>
      <td data-label="Where">{where || '–'}</td>
    </tr>
  )
}
