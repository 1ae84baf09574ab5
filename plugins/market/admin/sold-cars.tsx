'use client'
import { formatInteger, formatMiles } from '../../../src/admin/ui/format-figures.ts'
import { formatMoment } from '../../../src/admin/ui/format.ts'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import { findAddress } from '../../../src/admin/ui/comparable-columns.ts'
import { formatCarCount } from './describe-search.ts'
import type { SoldCar } from './market-types.ts'
import { type SortableColumn, SortableTable } from './sortable-table.tsx'

type Row = SoldCar & { key: string }
type Props = { sold: readonly SoldCar[]; now: Date }

/** The comparable cars that left the market, with the prices that they were last offered at. */
export function SoldCars({ sold, now }: Props) {
  const formatPrice = useMoneyFormat()
  return (
    <section aria-labelledby="sold-cars">
      <h3 id="sold-cars">
        No longer for sale{sold.length > 0 && `: ${formatCarCount(sold.length)}`}
      </h3>
      {sold.length === 0 ? (
        <p className="car-market__empty">
          No comparable car has left the market since it was first observed.
        </p>
      ) : (
        <SortableTable<Row>
          columns={buildColumns(formatPrice, now)}
          labelledBy="sold-cars"
          rows={sold.map((car, index) => ({ ...car, key: `${index}` }))}
          sortedBy="price"
        />
      )}
    </section>
  )
}

function buildColumns(
  formatPrice: (amount: number) => string,
  now: Date,
): readonly [SortableColumn<Row>, ...SortableColumn<Row>[]] {
  return [
    {
      name: 'car',
      label: 'Car',
      getValue: describeCar,
      render: (row) => <SoldCarName row={row} />,
    },
    {
      name: 'price',
      label: 'Last price',
      isFigure: true,
      getValue: ({ price }) => price,
      render: ({ price }) => formatPrice(price),
    },
    {
      name: 'firstPrice',
      label: 'First price',
      isFigure: true,
      getValue: ({ firstPrice }) => firstPrice,
      render: ({ firstPrice }) => formatPrice(firstPrice),
    },
    {
      name: 'mileage',
      label: 'Mileage',
      isFigure: true,
      getValue: ({ mileage }) => mileage,
      render: ({ mileage }) => (mileage === null ? '–' : formatMiles(mileage)),
    },
    {
      name: 'days',
      label: 'Days for sale',
      isFigure: true,
      getValue: ({ daysOnMarket }) => daysOnMarket,
      render: ({ daysOnMarket }) => formatInteger(daysOnMarket),
    },
    {
      name: 'sold',
      label: 'Gone since',
      getValue: ({ soldAt }) => soldAt,
      render: ({ soldAt }) => formatMoment(soldAt, now),
    },
    {
      name: 'seller',
      label: 'Seller',
      getValue: ({ dealer }) => dealer,
      render: ({ dealer }) => dealer ?? '–',
    },
  ]
}

const describeCar = ({ year, trim }: Row): string => [year, trim].filter(Boolean).join(' ')

function SoldCarName({ row }: { row: Row }) {
  const address = findAddress(row)
  if (!address) return describeCar(row)
  return (
    <a href={address} rel="noopener noreferrer" target="_blank">
      {describeCar(row)}
    </a>
  )
}
