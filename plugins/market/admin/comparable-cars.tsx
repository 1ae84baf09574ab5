'use client'
import { findAddress } from '../../../src/admin/ui/comparable-columns.ts'
import { formatInteger, formatMiles } from '../../../src/admin/ui/format-figures.ts'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import type { MarketAnswer } from '../endpoints/api-schemas.ts'
import { formatCarCount } from './describe-search.ts'
import type { ComparableAnswer } from './market-types.ts'
import { type SortableColumn, SortableTable } from './sortable-table.tsx'

/** Our car among the others. */
type OurCar = Pick<MarketAnswer['car'], 'title' | 'trim' | 'price' | 'mileage' | 'daysOnMarket'>

/** A row of the table: a comparable car, or ours. */
type Row = Pick<ComparableAnswer, Shown> & { key: string; ours: string | null }

type Shown =
  | 'year'
  | 'make'
  | 'model'
  | 'trim'
  | 'price'
  | 'adjustedPrice'
  | 'mileage'
  | 'daysOnMarket'
  | 'distanceMiles'
  | 'dealer'
  | 'city'
  | 'state'
  | 'url'
  | 'outlier'

type Props = {
  comparables: readonly ComparableAnswer[]
  car: OurCar | null
  /** Why no car has a distance. */
  distanceProblem?: string | null | undefined
}

/** The comparable cars with ours among them, cheapest first at first. Outliers are marked. */
export function ComparableCars({ comparables, car, distanceProblem }: Props) {
  const formatPrice = useMoneyFormat()
  const rows = comparables.map((other, index) => ({ ...other, key: `${index}`, ours: null }))
  const counted = comparables.filter(({ outlier }) => !outlier).length
  return (
    <section aria-labelledby="comparable-cars">
      <h3 id="comparable-cars">Compared with {formatCarCount(counted)}</h3>
      <SortableTable<Row>
        columns={buildColumns(formatPrice)}
        getClass={getRowClass}
        labelledBy="comparable-cars"
        rows={car ? [...rows, buildOurRow(car)] : rows}
        sortedBy="price"
      />
      {distanceProblem && <p className="comparable-cars__note">{distanceProblem}</p>}
    </section>
  )
}

function getRowClass({ ours, outlier }: Row): string | undefined {
  if (ours !== null) return 'comparable-cars__ours'
  return outlier ? 'comparable-cars__outlier' : undefined
}

const buildOurRow = ({ title, trim, price, mileage, daysOnMarket }: OurCar): Row => ({
  key: 'ours',
  ours: title,
  year: 0,
  make: '',
  model: '',
  trim,
  price,
  adjustedPrice: price,
  mileage,
  dealer: null,
  city: null,
  state: null,
  url: null,
  outlier: false,
  daysOnMarket: daysOnMarket ?? null,
  distanceMiles: null,
})

type FormatPrice = (amount: number) => string

function buildColumns(
  formatPrice: FormatPrice,
): readonly [SortableColumn<Row>, ...SortableColumn<Row>[]] {
  const figure = (
    name: string,
    label: string,
    getValue: (row: Row) => number | null | undefined,
    format: (value: number) => string,
  ): SortableColumn<Row> => ({
    name,
    label,
    isFigure: true,
    getValue: (row) => getValue(row) ?? null,
    render: (row) => {
      const value = getValue(row) ?? null
      return value === null ? '–' : format(value)
    },
  })
  return [
    { name: 'car', label: 'Car', getValue: describeCar, render: (row) => <CarName row={row} /> },
    {
      name: 'trim',
      label: 'Trim',
      getValue: ({ trim }) => trim,
      render: ({ trim }) => trim || 'unknown',
    },
    figure('price', 'Price', ({ price }) => price, formatPrice),
    figure(
      'adjusted',
      'At our mileage',
      ({ adjustedPrice }) => adjustedPrice,
      (price) => formatPrice(Math.round(price)),
    ),
    figure('mileage', 'Mileage', ({ mileage }) => mileage, formatMiles),
    figure('days', 'Days for sale', ({ daysOnMarket }) => daysOnMarket, formatInteger),
    figure('distance', 'Distance', ({ distanceMiles }) => distanceMiles, formatMiles),
    {
      name: 'seller',
      label: 'Seller',
      getValue: ({ dealer }) => dealer,
      render: ({ dealer, city, state, ours }) =>
        [dealer, [city, state].filter(Boolean).join(', ')].filter(Boolean).join(' · ') ||
        (ours === null ? '–' : ''),
    },
  ]
}

const describeCar = ({ ours, year, make, model }: Row): string => ours ?? `${year} ${make} ${model}`

function CarName({ row }: { row: Row }) {
  if (row.ours !== null)
    return (
      <>
        Ours <span>{row.ours}</span>
      </>
    )
  const address = findAddress(row)
  const name = describeCar(row)
  return (
    <>
      {address ? (
        <a href={address} rel="noopener noreferrer" target="_blank">
          {name}
        </a>
      ) : (
        name
      )}
      {row.outlier && <span> excluded: its price is far from the others</span>}
    </>
  )
}
