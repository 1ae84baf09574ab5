import { canRaise, evaluateRule } from '../domain/alert.ts'
import type { Money } from '../../../src/domain/money.ts'
import type { Analysis } from '../domain/analysis.ts'
import { findLastAlert, loadActiveRules, saveAlert } from '../store/alerts.ts'
import type { LotCar } from '../store/cars.ts'
import type { QueryContext } from '../store/query.ts'

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
    if (!alert || !canRaise(rule, await findLastAlert(context, rule, car), now)) continue
    raised += await saveAlert(context, { ...alert, rule, car, figures, raisedAt: now })
  }
  return raised
}
