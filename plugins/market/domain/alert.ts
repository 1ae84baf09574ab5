import { moneyWords } from './cents.ts'
import type { Figures } from './figures.ts'
import { percentAbove, type Verdict } from './verdict.ts'

/** What an alert may be about. */
export const ALERT_TYPES = {
  overpriced: 'Our price is above the market',
  underpriced: 'Our price is below the market',
  no_market_data: 'Too few cars to compare with',
  competitor_undercut: 'Somebody asks less for such a car',
} as const

export type AlertType = keyof typeof ALERT_TYPES

/** When to warn, and how often. */
export type AlertRule = {
  id: string
  type: AlertType
  /** From how many percent on; without a meaning for `no_market_data`. */
  thresholdPercent: number
  /** How many hours the same cause is left alone after its alert was dismissed. */
  cooldownHours: number
  /** Until when nothing is raised; null for always. */
  mutedUntilAt: string | null
}

/** What is raised. `facts` are kept with it, money in dollars. */
export type Alert = { severity: 'warning' | 'critical'; message: string; percent: number | null }

/** The last alert of the same cause: when it was dismissed, null while it is open. */
export type LastAlert = { dismissedAt: string | null }

/** The car that a rule is asked about; its price in cents. */
type Priced = { title: string; cents: number }

/** From so many times its threshold on, an alert is critical. */
const CRITICAL_TIMES = 2

/** What a rule has to say of a car beside the market; null where it has nothing. */
export function alertOf(rule: AlertRule, car: Priced, figures: Figures | null, verdict: Verdict): Alert | null {
  if (verdict.recommendation === 'insufficient_data' || !figures) {
    if (rule.type !== 'no_market_data') return null
    return { severity: 'warning', message: `${car.title}: ${verdict.explanation}`, percent: null }
  }
  const percent = percentOf(rule.type, car, figures)
  if (percent === null || percent <= 0 || percent < rule.thresholdPercent) return null
  const severity = percent >= rule.thresholdPercent * CRITICAL_TIMES ? 'critical' : 'warning'
  return {
    severity,
    message: `${car.title}: ${wordsOf(rule.type, car, figures, percent)}`,
    percent: Math.round(percent * 10) / 10,
  }
}

/** Whether a rule may raise an alert now: one of a cause at a time, none while it is muted, and none too soon after the last. */
export function mayRaise({ cooldownHours, mutedUntilAt }: AlertRule, last: LastAlert | null, now: Date): boolean {
  if (mutedUntilAt !== null && Date.parse(mutedUntilAt) > now.getTime()) return false
  if (last === null) return true
  if (last.dismissedAt === null) return false
  return now.getTime() - Date.parse(last.dismissedAt) >= cooldownHours * 3_600_000
}

/** How far it is, in percent of what is compared with; null for a type that has no measure. */
function percentOf(type: AlertType, { cents }: Priced, figures: Figures): number | null {
  switch (type) {
    case 'overpriced':
      return percentAbove(cents, figures.expectedCents)
    case 'underpriced':
      return -percentAbove(cents, figures.expectedCents)
    case 'competitor_undercut':
      return ((cents - cheapestOf(figures).adjustedCents) * 100) / cents
    case 'no_market_data':
      return null
  }
}

function wordsOf(type: AlertType, { cents }: Priced, figures: Figures, percent: number): string {
  const [ours, shown] = [moneyWords(cents), percent.toFixed(1)]
  if (type === 'overpriced') return `${ours} is ${shown} % above the market’s ${moneyWords(figures.expectedCents)}.`
  if (type === 'underpriced') return `${ours} is ${shown} % below the market’s ${moneyWords(figures.expectedCents)}.`
  const { cents: asked, adjustedCents, dealer } = cheapestOf(figures)
  const beside = asked === adjustedCents ? '' : `, ${moneyWords(adjustedCents)} at our miles`
  return `${dealer ?? 'Somebody'} asks ${moneyWords(asked)}${beside}, ${shown} % less than our ${ours}.`
}

/** The car that costs least at the miles of ours: one that was driven much further undercuts nobody. */
function cheapestOf({ counted }: Figures): Figures['counted'][number] {
  return counted.reduce((least, car) => (car.adjustedCents < least.adjustedCents ? car : least))
}
