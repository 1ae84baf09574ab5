import type { DefaultServerCellComponentProps, SelectFieldClient } from 'payload'
import { getStatusLabels } from '../lot/status-labels.ts'
import '../ui/cells.css'
import './mail-status.css'

/** The status of an e-mail in the list. */
export function MailStatusCell({
  cellData,
  field,
}: DefaultServerCellComponentProps<SelectFieldClient, string | null>) {
  if (!cellData) return null
  return (
    <span className={`status-pill mail-status--${cellData}`}>
      {getStatusLabels(field)[cellData] ?? cellData}
    </span>
  )
}
