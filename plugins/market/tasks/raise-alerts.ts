import type { Money } from '../../../src/domain/money.ts'
import {
  canRaise,
  computeBaselineStart,
  evaluateRule,
  isMuted,
  needsBaseline,
} from '../domain/alert.ts'
import type { Analysis } from '../domain/analysis.ts'
import { findLastAlert, loadActiveRules, saveAlert } from '../store/alerts.ts'
import type { LotCar } from '../store/cars.ts'
import { findBaseline } from '../store/prices.ts'
import type { QueryContext } from '../store/query.ts'

/**
 * Raises the alerts of all active rules for a car that was just analyzed, in the transaction of the
 * analysis and before it is saved: an analysis replaces the prices of its day, which may be the
 * baseline. `tier` is how closely the compared cars match ours; markets of different tiers are not
 * compared. Returns the number of new alerts.
 */
export async function raiseAlerts(
  context: QueryContext,
  car: LotCar & Money,
  { figures, verdict }: Analysis,
  { tier, now }: { tier: string; now: Date },
): Promise<number> {
  if (isMuted(car.alertsMutedUntilAt, now)) return 0
  let raised = 0
  for (const rule of await loadActiveRules(context)) {
    const last = await findLastAlert(context, rule, car)
    if (!canRaise(rule, last, now)) continue
    const baseline = needsBaseline(rule)
      ? await findBaseline(context, car, { tier, since: computeBaselineStart(last, now) })
      : null
    const alert = evaluateRule(rule, { car, figures, verdict, baseline, now })
    if (alert) raised += await saveAlert(context, { ...alert, rule, car, figures, raisedAt: now })
  }
  return raised
}
