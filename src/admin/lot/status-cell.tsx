import type { DefaultServerCellComponentProps, SelectFieldClient } from 'payload'
import { StatusPill } from './status-pill.tsx'
import { getStatusLabels } from './status-labels.ts'

/** The status of a car in the list. */
export function StatusCell({
  cellData,
  field,
}: DefaultServerCellComponentProps<SelectFieldClient, string | null>) {
  if (!cellData) return null
  return <StatusPill label={getStatusLabels(field)[cellData] ?? cellData} status={cellData} />
}
