import type { DefaultServerCellComponentProps, UIFieldClient } from 'payload'
import { computeHealth } from '../domain/health.ts'
import { loadLatestRuns } from '../store/runs.ts'
import { createSql } from '../store/sql.ts'
import type { CompetitorAnswer } from './api-types.ts'
import { toCompetitorStatus } from './competitor-status.ts'
import { HealthBadge } from './health-badge.tsx'

/**
 * A competitor's health in the list. The start of a failure is queried only for failing
 * competitors. Also called for lists without rows.
 */
export async function HealthCell({
  payload,
  rowData,
}: DefaultServerCellComponentProps<UIFieldClient>) {
  const row = rowData as Row | undefined
  if (!row) return null
  const runs = row.scrapeErrorType ? await loadLatestRuns(createSql({ payload }), row.id) : []
  return <HealthBadge health={computeHealth(toCompetitorStatus(row), runs)} />
}

type Row = CompetitorAnswer & { id: string }
