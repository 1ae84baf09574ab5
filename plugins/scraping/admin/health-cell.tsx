import type { DefaultServerCellComponentProps, Payload, UIFieldClient } from 'payload'
import { computeHealth, type RunSummary } from '../domain/health.ts'
import type { Sql } from '../domain/runs.ts'
import { createSql } from '../store.ts'
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
  const runs = row.scrapeErrorType ? await loadLastRuns(payload, row.id) : []
  return <HealthBadge health={computeHealth(toCompetitorStatus(row), runs)} />
}

type Row = CompetitorAnswer & { id: string }

/** The same number of runs as on the competitor's screen. */
const MAX_RUNS = 20

async function loadLastRuns(payload: Payload, competitor: string): Promise<RunSummary[]> {
  const sql: Sql = createSql({ payload })
  return sql<RunSummary>(
    `select state, to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as
      "startedAt", error_type as "errorType"
     from scrape_runs where competitor_id = $1 order by started_at desc limit ${MAX_RUNS}`,
    [competitor],
  )
}
