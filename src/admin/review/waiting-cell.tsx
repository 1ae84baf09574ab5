import type { DateFieldClient, DefaultServerCellComponentProps } from 'payload'
import { formatAge } from '../ui/relative-time.ts'

/** How long a customer has waited for us, in the list. */
export function WaitingCell({
  cellData,
}: DefaultServerCellComponentProps<DateFieldClient, string | null>) {
  return cellData ? <time dateTime={cellData}>{formatAge(cellData, new Date())}</time> : null
}
