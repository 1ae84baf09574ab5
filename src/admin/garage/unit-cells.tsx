import type { DefaultServerCellComponentProps, NumberFieldClient } from 'payload'
import { type FuelMeasure, getFillMeasure, parseFuelType } from '../../garage/domain/fuel-types.ts'
import type { OwnerUnits } from '../../garage/domain/units.ts'
import { RowLink } from '../cells/row-link.tsx'
import { formatOwnerAmount } from '../ui/format-figures.ts'
import {
  formatDistance,
  formatFuelAmount,
  formatFuelPrice,
  formatWholeDistance,
} from './format-amounts.ts'
import { loadOwnerUnits } from './load-owner-units.ts'
import '../ui/cells.css'

type Props = DefaultServerCellComponentProps<NumberFieldClient, number | null>
type Row = Props['rowData']

/** A reading in the list, in the unit of the row's owner. */
export const DistanceCell = (props: Props) => (
  <OwnerFigure {...props} format={(miles, { distance }) => formatDistance(miles, distance)} />
)

/** A distance in whole miles in the list, in the unit of the row's owner. */
export const WholeDistanceCell = (props: Props) => (
  <OwnerFigure {...props} format={(miles, { distance }) => formatWholeDistance(miles, distance)} />
)

/** An amount of money in the list, in the currency of the row's owner. */
export const OwnerMoneyCell = (props: Props) => (
  <OwnerFigure {...props} format={(amount, { currency }) => formatOwnerAmount(amount, currency)} />
)

/** The fuel of a fill in the list, in the unit of its owner. */
export const FuelAmountCell = (props: Props) => (
  <OwnerFigure
    {...props}
    format={(amount, units, fill) => formatFuelAmount(amount, readMeasure(fill), units)}
  />
)

/** The price per unit of a fill in the list, in the unit and currency of its owner. */
export const FuelPriceCell = (props: Props) => (
  <OwnerFigure
    {...props}
    format={(price, units, fill) => formatFuelPrice(price, readMeasure(fill), units)}
  />
)

const readMeasure = ({ fuelType }: Row): FuelMeasure =>
  getFillMeasure({ fuelType: parseFuelType(fuelType), tank: null })

type Format = (value: number, units: OwnerUnits, row: Row) => string

type FigureProps = Props & { format: Format }

async function OwnerFigure({ cellData, format, ...props }: FigureProps) {
  const { collectionSlug, link, payload, rowData } = props
  const text =
    typeof cellData === 'number'
      ? format(cellData, await loadOwnerUnits(payload, rowData['userId']), rowData)
      : '–'
  const figure = <span className="lot-cell-figure">{text}</span>
  if (!link) return figure
  return (
    <RowLink collectionSlug={collectionSlug} payload={payload} rowData={rowData}>
      {figure}
    </RowLink>
  )
}
