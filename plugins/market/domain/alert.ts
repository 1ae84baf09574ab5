import { formatMoney, type Money } from '../../../src/domain/money.ts'
import { roundEstimate } from './estimate.ts'
import type { Figures } from './figures.ts'
import { computePercentAbove, type Verdict } from './verdict.ts'

/** The types of alerts with their labels. */
export const ALERT_TYPES = {
  overpriced: 'Our price is above the market',
  underpriced: 'Our price is below the market',
  no_market_data: 'Too few comparable cars',
  competitor_undercut: 'A comparable car costs less',
  market_moved: 'The market price has changed',
  supply_moved: 'The number of comparable cars has changed',
  stale: 'Our car has been for sale for long',
} as const

export type AlertType = keyof typeof ALERT_TYPES

/** The severities of alerts with their labels. */
export const ALERT_SEVERITIES = { warning: 'Warning', critical: 'Critical' } as const

/** An alert rule: what triggers it and how often. */
export type AlertRule = {
  id: string
  name: string
  type: AlertType
  /** Threshold in percent; not used for `no_market_data`. */
  thresholdPercent: number
  /** Cooldown in hours after an alert of the rule about the same car was dismissed. */
  cooldownHours: number
  /** Muted until this time; null for indefinitely. */
  mutedUntilAt: string | null
}

/** An alert to raise. `percent` is null if its type has no measure. */
export type Alert = {
  severity: keyof typeof ALERT_SEVERITIES
  message: string
  percent: number | null
}

/** The last alert of a rule about a car: when it was dismissed, null while it is open. */
export type LastAlert = { dismissedAt: string | null }

/** The car that a rule is evaluated for; the market is in the currency of its price. */
type PricedCar = Money & { title: string }

/** An alert is critical from this multiple of its threshold. */
const CRITICAL_FACTOR = 2

/** Evaluates a rule for a car against the market; null if there is nothing to report. */
export function evaluateRule(
  rule: AlertRule,
  car: PricedCar,
  figures: Figures | null,
  verdict: Verdict,
): Alert | null {
  if (verdict.recommendation === 'insufficient_data' || !figures) {
    if (rule.type !== 'no_market_data') return null
    return { severity: 'warning', message: `${car.title}: ${verdict.explanation}`, percent: null }
  }
  const percent = computePercent(rule.type, car, figures)
  if (percent === null || percent <= 0 || percent < rule.thresholdPercent) return null
  const severity = percent >= rule.thresholdPercent * CRITICAL_FACTOR ? 'critical' : 'warning'
  return {
    severity,
    message: `${car.title}: ${describeAlert(rule.type, car, figures, percent)}`,
    percent: Math.round(percent * 10) / 10,
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
  if (mutedUntilAt !== null && Date.parse(mutedUntilAt) > now.getTime()) return false
  if (last === null) return true
  if (last.dismissedAt === null) return false
  return now.getTime() - Date.parse(last.dismissedAt) >= cooldownHours * 3_600_000
}

/**
 * Computes the difference that the threshold applies to, in percent of the reference price; null
 * for a type without a measure.
 */
function computePercent(type: AlertType, { cents }: PricedCar, figures: Figures): number | null {
  switch (type) {
    case 'overpriced':
      return computePercentAbove(cents, figures.expectedCents)
    case 'underpriced':
      return -computePercentAbove(cents, figures.expectedCents)
    case 'competitor_undercut':
      return ((cents - findCheapest(figures).adjustedCents) * 100) / cents
    case 'no_market_data':
    case 'market_moved':
    case 'supply_moved':
    case 'stale':
      return null
  }
}

function describeAlert(
  type: AlertType,
  { cents, currency }: PricedCar,
  figures: Figures,
  percent: number,
): string {
  const format = (amount: number) => formatMoney({ cents: amount, currency })
  const [ours, shown] = [format(cents), percent.toFixed(1)]
  if (type === 'overpriced')
    return `${ours} is ${shown}% above the market price of ${format(figures.expectedCents)}.`
  if (type === 'underpriced')
    return `${ours} is ${shown}% below the market price of ${format(figures.expectedCents)}.`
  const { cents: theirCents, adjustedCents, dealer } = findCheapest(figures)
  const estimate = format(roundEstimate(adjustedCents))
  const adjusted = theirCents === adjustedCents ? '' : `, about ${estimate} at our mileage`
  return (
    `${dealer ?? 'Another seller'} is asking ${format(theirCents)}${adjusted}, ${shown}% ` +
    `less than our ${ours}.`
  )
}

/**
 * Finds the cheapest car after adjusting prices to our mileage: a car with far more miles does not
 * undercut ours.
 */
function findCheapest({ counted }: Figures): Figures['counted'][number] {
  return counted.reduce((cheapest, car) =>
    car.adjustedCents < cheapest.adjustedCents ? car : cheapest,
  )
}
