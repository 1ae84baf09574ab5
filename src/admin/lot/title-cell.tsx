'use client'
import type { DefaultCellComponentProps, TextFieldClient } from 'payload'
import { CarLink } from './car-link.tsx'
import '../ui/cells.css'

/**
 * The title of a car in the list, `2021 Honda Accord` above the end of its VIN, linked to the car.
 */
export function TitleCell({
  cellData,
  collectionSlug,
  rowData,
}: DefaultCellComponentProps<TextFieldClient>) {
  const [name, vin] = (cellData || 'Untitled').split(' · ')
  return (
    <CarLink car={rowData} className="lot-cell-title" collection={collectionSlug}>
      <span className="lot-cell-title__name">{name}</span>
      {vin && <span className="lot-cell-title__vin">{vin}</span>}
    </CarLink>
  )
}
