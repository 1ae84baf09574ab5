import { sql } from '@payloadcms/db-postgres'
import { toJsonText } from '../../../src/database/json-text.ts'
import { getTransaction } from '../../../src/database/transaction.ts'
import {
  type Alert,
  type AlertRule,
  evaluateRule,
  type AlertType,
  type LastAlert,
  canRaise,
} from '../domain/alert.ts'
import type { Analysis } from '../domain/analysis.ts'
import { centsToAmount, type Money } from '../../../src/domain/money.ts'
import type { QueryContext, LotCar } from '../store.ts'

type Rule = AlertRule & { name: string }

/**
 * Raises the alerts of all active rules for a car that was just analyzed, in the transaction of the
 * analysis. Returns the number of new alerts.
 */
export async function raiseAlerts(
  context: QueryContext,
  car: LotCar & Money,
  { figures, verdict }: Analysis,
  now: Date,
): Promise<number> {
  let raised = 0
  for (const rule of await loadActiveRules(context)) {
    const alert = evaluateRule(rule, car, figures, verdict)
    if (!alert || !canRaise(rule, await findLastAlert(context, buildCause(rule, car)), now))
      continue
    const facts = figures && {
      expectedPrice: centsToAmount(figures.expectedCents),
      sampleSize: figures.sampleSize,
    }
    raised += await saveAlert(
      context,
      rule,
      car,
      { ...alert, facts: { ourPrice: centsToAmount(car.cents), ...facts } },
      now,
    )
  }
  return raised
}

const buildCause = (rule: Rule, car: LotCar): string => `market ${rule.id} ${car.id}`

async function loadActiveRules(context: QueryContext): Promise<Rule[]> {
  const { rows } = await getTransaction(context).db.execute(sql`
    select id, name, alert_type, threshold_percent::float8 as threshold, cooldown_hours,
      muted_until_at
    from market_alert_rules where active order by name, id`)
  return rows.map((row) => ({
    id: String(row['id']),
    name: String(row['name']),
    type: row['alert_type'] as AlertType,
    thresholdPercent: Number(row['threshold']),
    cooldownHours: Number(row['cooldown_hours']),
    mutedUntilAt:
      row['muted_until_at'] === null
        ? null
        : new Date(row['muted_until_at'] as string).toISOString(),
  }))
}

async function findLastAlert(context: QueryContext, cause: string): Promise<LastAlert | null> {
  const { rows } = await getTransaction(context).db.execute(sql`
    select dismissed, coalesce(dismissed_at, created_at) as ended from storage_alerts
      where metadata ->> 'cause' = ${cause}
    order by dismissed is true, created_at desc, id desc limit 1`)
  const [row] = rows
  if (!row) return null
  return {
    dismissedAt: row['dismissed'] === true ? new Date(row['ended'] as string).toISOString() : null,
  }
}

/**
 * Saves an alert, unless another process has just raised one for the same cause. Returns the number
 * of saved alerts, 0 or 1.
 */
async function saveAlert(
  context: QueryContext,
  rule: Rule,
  car: LotCar,
  alert: Alert & { facts: object },
  now: Date,
): Promise<number> {
  const { severity, message, percent, facts } = alert
  const metadata = {
    cause: buildCause(rule, car),
    rule: rule.id,
    ruleName: rule.name,
    inventory: car.id,
    vin: car.vin,
    percent,
    ...facts,
  }
  const { rowCount } = await getTransaction(context).db.execute(sql`
    insert into storage_alerts (alert_type, severity, message, metadata, dismissed, created_at)
    values (${rule.type}, ${severity}, ${message}, ${toJsonText(metadata)}::jsonb, false,
      ${now.toISOString()})
    on conflict do nothing`)
  return rowCount ?? 0
}
