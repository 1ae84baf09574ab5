import { measureCause, type Situation } from './alert-measure.ts'

/** The types of alerts with their labels. */
export const ALERT_TYPES = {
  overpriced: 'Our price is above the market',
  underpriced: 'Our price is below the market',
  no_market_data: 'Too few comparable cars',
  competitor_undercut: 'A comparable car costs less',
  market_moved: 'The market price has changed',
  supply_moved: 'The number of comparable cars has changed',
  stale: 'Our car has been for sale for a long time',
} as const

export type AlertType = keyof typeof ALERT_TYPES

/** The types of alerts that no longer apply when our price changes. */
export const PRICE_ALERTS: readonly AlertType[] = [
  'overpriced',
  'underpriced',
  'competitor_undercut',
]

/** The severities of alerts with their labels. */
export const ALERT_SEVERITIES = { warning: 'Warning', critical: 'Critical' } as const

/** An alert rule: what triggers it and how often. */
export type AlertRule = {
  id: string
  name: string
  type: AlertType
  /** Threshold in percent; not used for `no_market_data` and `stale`. */
  thresholdPercent: number
  /** Threshold in days, for `stale`. */
  thresholdDays: number
  /** Cooldown in hours after an alert of the rule about the same car was dismissed. */
  cooldownHours: number
  /** Muted until this time; null for never muted. */
  mutedUntilAt: string | null
}

/** An alert to raise. `percent` is null if its type has no measure in percent. */
export type Alert = {
  severity: keyof typeof ALERT_SEVERITIES
  message: string
  percent: number | null
}

/** The last alert of a rule about a car. `dismissedAt` is null while it is open. */
export type LastAlert = { raisedAt: string; dismissedAt: string | null }

/** An alert is critical from this multiple of its threshold. */
const CRITICAL_FACTOR = 2

/** The number of days within which changes of the market are measured. */
const BASELINE_DAYS = 14

/** Whether a rule measures changes, and needs an earlier market of the car. */
export const needsBaseline = ({ type }: AlertRule): boolean =>
  type === 'market_moved' || type === 'supply_moved'

/** Evaluates a rule for a car against the market; null if there is nothing to report. */
export function evaluateRule(rule: AlertRule, situation: Situation): Alert | null {
  const { car, verdict } = situation
  if (rule.type === 'no_market_data')
    return verdict.recommendation === 'insufficient_data'
      ? { severity: 'warning', message: `${car.title}: ${verdict.explanation}`, percent: null }
      : null
  const measure = measureCause(rule.type, situation)
  const threshold = rule.type === 'stale' ? rule.thresholdDays : rule.thresholdPercent
  if (!measure || measure.amount <= 0 || measure.amount < threshold) return null
  return {
    severity: measure.amount >= threshold * CRITICAL_FACTOR ? 'critical' : 'warning',
    message: `${car.title}: ${measure.description}`,
    percent: measure.percent === null ? null : Math.round(measure.percent * 10) / 10,
  }
}

/**
 * Whether a rule may raise an alert now: not while its last alert about the car is open, while
 * the rule is muted, or during the cooldown.
 */
export function canRaise(
  { cooldownHours, mutedUntilAt }: AlertRule,
  last: LastAlert | null,
  now: Date,
): boolean {
  if (isMuted(mutedUntilAt, now)) return false
  if (last === null) return true
  if (last.dismissedAt === null) return false
  return now.getTime() - Date.parse(last.dismissedAt) >= cooldownHours * 3_600_000
}

/** Whether something that is muted until a time is muted now; null for never muted. */
export const isMuted = (until: string | null, now: Date): boolean =>
  until !== null && Date.parse(until) > now.getTime()

/**
 * Returns the time from which on a price may be the baseline of a rule: two weeks ago, or the time
 * of the last alert of the rule about the car, which has already reported what was before.
 */
export function computeBaselineStart(last: LastAlert | null, now: Date): string {
  const start = now.getTime() - BASELINE_DAYS * 86_400_000
  return new Date(Math.max(start, last ? Date.parse(last.raisedAt) : start)).toISOString()
}
