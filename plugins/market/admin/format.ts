import type { Problem } from '../domain/decision.ts'
import type { Confidence } from '../domain/verdict.ts'
import type { MarketAnswer } from '../endpoints/api-schemas.ts'

/** The assessment of a price in the API. */
export type Recommendation = NonNullable<MarketAnswer['whatIf']>['recommendation']

/** The label of each price recommendation. */
export const RECOMMENDATIONS: Readonly<Record<Recommendation, string>> = {
  competitive: 'Competitive',
  slightly_high: 'Slightly high',
  high: 'High',
  slightly_low: 'Slightly low',
  low: 'Low',
  insufficient_data: 'Too few cars',
}

/** The label of each problem that needs a decision. */
export const PROBLEM_LABELS: Readonly<Record<Problem, string>> = {
  high: 'High',
  low: 'Low',
  undercut: 'Undercut',
  moved: 'Market moved',
  slightly_high: 'Slightly high',
  slightly_low: 'Slightly low',
  stale: 'Long on the lot',
  no_data: 'No market price',
  outdated: 'Not compared recently',
}

export const CONFIDENCES: Readonly<Record<Confidence, string>> = {
  none: 'None',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
}

/** `104.9%`, or `–` without an expected price. */
export const formatPercent = (percent: number | null): string =>
  percent === null ? '–' : `${percent.toFixed(1)}%`

/** Difference from the expected price: `4.9% above`, `12.0% below`, `exactly`. */
export function describeDifference(priceToMarket: number): string {
  const difference = Math.abs(priceToMarket - 100).toFixed(1)
  if (difference === '0.0') return 'exactly'
  return `${difference}% ${priceToMarket > 100 ? 'above' : 'below'}`
}

/** The name of a source; external names are shown unchanged. */
export const describeSource = (source: string | null): string =>
  source === 'competitors' ? 'competitors’ stock' : (source ?? 'unknown source')
