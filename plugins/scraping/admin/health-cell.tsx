import type { DefaultServerCellComponentProps, Payload, UIFieldClient } from 'payload'
import { healthOf, type Reading } from '../domain/health.ts'
import type { Sql } from '../domain/runs.ts'
import { sqlOf } from '../store.ts'
import type { CompetitorAnswer } from './answers.ts'
import { conditionOf } from './condition.ts'
import { HealthBadge } from './health-badge.tsx'

/** How a competitor is, in the list. Since when it fails is looked up for those alone that fail. A list without rows asks for it too. */
export async function HealthCell({ payload, rowData }: DefaultServerCellComponentProps<UIFieldClient>) {
  const row = rowData as Row | undefined
  if (!row) return null
  const readings = row.scrapeErrorType ? await lastReadings(payload, row.id) : []
  return <HealthBadge health={healthOf(conditionOf(row), readings)} />
}

type Row = CompetitorAnswer & { id: string }

/** As many as the competitor's screen looks back. */
const MOST = 20

async function lastReadings(payload: Payload, competitor: string): Promise<Reading[]> {
  const sql: Sql = sqlOf({ payload })
  return sql<Reading>(
    `select state, to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startedAt", error_type as "errorType"
     from scrape_runs where competitor_id = $1 order by started_at desc limit ${MOST}`,
    [competitor],
  )
}
