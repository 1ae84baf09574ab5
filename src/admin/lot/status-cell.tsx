import type { DefaultServerCellComponentProps, SelectFieldClient } from 'payload'
import { StatusPill } from './status-pill.tsx'
import { statusWords } from './status-words.ts'

/** The status of a car in the list. */
export function StatusCell({ cellData, field }: DefaultServerCellComponentProps<SelectFieldClient, string | null>) {
  if (!cellData) return null
  return <StatusPill label={statusWords(field)[cellData] ?? cellData} status={cellData} />
}
