import { sql } from '@payloadcms/db-postgres'
import { jsonText } from '../../../src/database/json-text.ts'
import { transactionOf } from '../../../src/database/transaction.ts'
import { type Alert, type AlertRule, alertOf, type AlertType, type LastAlert, mayRaise } from '../domain/alert.ts'
import type { Analysis } from '../domain/analysis.ts'
import { dollarsOf } from '../domain/cents.ts'
import type { Asked, LotCar } from '../store.ts'

type Rule = AlertRule & { name: string }

/** Raises what the rules have to say of a car that was just analysed, in the transaction of the analysis. Answers how many it raised. */
export async function raiseAlerts(asked: Asked, car: LotCar, { figures, verdict }: Analysis, now: Date): Promise<number> {
  let raised = 0
  for (const rule of await activeRules(asked)) {
    const alert = alertOf(rule, car, figures, verdict)
    if (!alert || !mayRaise(rule, await lastOf(asked, causeOf(rule, car)), now)) continue
    const facts = figures && { expectedPrice: dollarsOf(figures.expectedCents), sampleSize: figures.sampleSize }
    raised += await raise(asked, rule, car, { ...alert, facts: { ourPrice: dollarsOf(car.cents), ...facts } }, now)
  }
  return raised
}

const causeOf = (rule: Rule, car: LotCar): string => `market ${rule.id} ${car.id}`

async function activeRules(asked: Asked): Promise<Rule[]> {
  const { rows } = await transactionOf(asked).db.execute(sql`
    select id, name, alert_type, threshold_percent::float8 as threshold, cooldown_hours, muted_until_at
    from market_alert_rules where active order by name, id`)
  return rows.map((row) => ({
    ...{ id: String(row['id']), name: String(row['name']), type: row['alert_type'] as AlertType },
    ...{ thresholdPercent: Number(row['threshold']), cooldownHours: Number(row['cooldown_hours']) },
    mutedUntilAt: row['muted_until_at'] === null ? null : new Date(row['muted_until_at'] as string).toISOString(),
  }))
}

async function lastOf(asked: Asked, cause: string): Promise<LastAlert | null> {
  const { rows } = await transactionOf(asked).db.execute(sql`
    select dismissed, coalesce(dismissed_at, created_at) as ended from storage_alerts where metadata ->> 'cause' = ${cause}
    order by dismissed is true, created_at desc, id desc limit 1`)
  const [row] = rows
  if (!row) return null
  return { dismissedAt: row['dismissed'] === true ? new Date(row['ended'] as string).toISOString() : null }
}

/** One that somebody else has just raised for the same cause stays alone. */
async function raise(asked: Asked, rule: Rule, car: LotCar, alert: Alert & { facts: object }, now: Date): Promise<number> {
  const { severity, message, percent, facts } = alert
  const metadata = {
    cause: causeOf(rule, car),
    rule: rule.id,
    ruleName: rule.name,
    inventory: car.id,
    vin: car.vin,
    percent,
    ...facts,
  }
  const { rowCount } = await transactionOf(asked).db.execute(sql`
    insert into storage_alerts (alert_type, severity, message, metadata, dismissed, created_at)
    values (${rule.type}, ${severity}, ${message}, ${jsonText(metadata)}::jsonb, false, ${now.toISOString()})
    on conflict do nothing`)
  return rowCount ?? 0
}
