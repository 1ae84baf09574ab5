'use client'
import { useConfig } from '@payloadcms/ui'
import type { DefaultCellComponentProps, TextFieldClient } from 'payload'
import { CarLink } from './car-link.tsx'
import { Photo } from './photo.tsx'
import { getThumbnailUrl } from './photo-order.ts'
import '../ui/cells.css'

/** The thumbnail of a car in the list, linked to the car. */
export function ThumbnailCell({
  cellData,
  collectionSlug,
  rowData,
}: DefaultCellComponentProps<TextFieldClient>) {
  const { config } = useConfig()
  return (
    <CarLink
      car={rowData}
      className="lot-cell-photo"
      collection={collectionSlug}
      label={`Open ${String(rowData['title'] ?? 'this car')}`}
    >
      <Photo src={cellData ? getThumbnailUrl(cellData, [config.serverURL]) : null} />
    </CarLink>
  )
}
