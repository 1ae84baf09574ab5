import type { DefaultServerCellComponentProps, SelectFieldClient } from 'payload'
import { isStatus } from './is-status.ts'
import { StagePill } from './stage-pill.tsx'

/** The stage of a submission in the list. */
export function StageCell({
  cellData,
}: DefaultServerCellComponentProps<SelectFieldClient, string | null>) {
  return isStatus(cellData) ? <StagePill status={cellData} /> : null
}
