import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import {
  ALERT_TYPES,
  type Alert,
  type AlertRule,
  type AlertType,
  type LastAlert,
} from '../domain/alert.ts'
import type { Figures } from '../domain/figures.ts'
import type { LotCar } from './cars.ts'
import { INSTANT, loadRows, type QueryContext, toDecimal, writeRows } from './query.ts'

const RULE_ROW = z.object({
  id: z.string(),
  name: z.string(),
  type: z.custom<AlertType>((type) => typeof type === 'string' && Object.hasOwn(ALERT_TYPES, type)),
  thresholdPercent: z.number(),
  thresholdDays: z.number(),
  cooldownHours: z.number(),
  mutedUntilAt: INSTANT.nullable(),
})

/**
 * Returns the active rules, by name. They cannot be deleted until the transaction ends, because
 * alerts refer to them.
 */
export async function loadActiveRules(context: QueryContext): Promise<AlertRule[]> {
  return loadRows(
    context,
    RULE_ROW,
    sql`
      select id, name, alert_type as type, threshold_percent::float8 as "thresholdPercent",
        threshold_days as "thresholdDays", cooldown_hours as "cooldownHours",
        muted_until_at as "mutedUntilAt"
      from market_alert_rules where active order by name, id for key share`,
  )
}

/** Returns the last alert of a rule about a car, the open one first; null if there is none. */
export async function findLastAlert(
  context: QueryContext,
  rule: AlertRule,
  car: LotCar,
): Promise<LastAlert | null> {
  const [alert] = await loadRows(
    context,
    z.object({ raisedAt: INSTANT, dismissedAt: INSTANT.nullable() }),
    sql`
      select raised_at as "raisedAt",
        case when dismissed then coalesce(dismissed_at, raised_at) end as "dismissedAt"
      from market_alerts where rule_id = ${rule.id} and inventory_id = ${car.id}
      order by dismissed is true, raised_at desc, id desc limit 1`,
  )
  return alert ?? null
}

/**
 * Saves an alert with the figures that it is based on, unless another process has just raised one
 * of the same rule about the car. Returns the number of saved alerts, 0 or 1.
 */
export async function saveAlert(
  context: QueryContext,
  alert: Alert & { rule: AlertRule; car: LotCar; figures: Figures | null; raisedAt: Date },
): Promise<number> {
  const { rule, car, figures } = alert
  return writeRows(
    context,
    sql`
      insert into market_alerts (rule_id, rule_name, inventory_id, vin, alert_type, severity,
        message, percent, our_price, expected_price, sample_size, dismissed, raised_at)
      values (${rule.id}, ${rule.name}, ${car.id}, ${car.vin}, ${rule.type}, ${alert.severity},
        ${alert.message}, ${alert.percent}, ${toDecimal(car.cents)},
        ${toDecimal(figures?.expectedCents)}, ${figures?.sampleSize ?? null}, false,
        ${alert.raisedAt.toISOString()})
      on conflict do nothing`,
  )
}
