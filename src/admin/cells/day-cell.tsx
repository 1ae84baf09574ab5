import type { DefaultServerCellComponentProps, TextFieldClient } from 'payload'
import { formatCalendarDay } from '../ui/format-figures.ts'
import { RowLink } from './row-link.tsx'

type Props = DefaultServerCellComponentProps<TextFieldClient, string | null>

/** A calendar day in the list: `Mar 20, 2026`. */
export function DayCell({ cellData, collectionSlug, link, payload, rowData }: Props) {
  const day = cellData ? formatCalendarDay(cellData) : '–'
  if (!link) return day
  return (
    <RowLink collectionSlug={collectionSlug} payload={payload} rowData={rowData}>
      {day}
    </RowLink>
  )
}
