import type { Confidence, Recommendation } from '../domain/verdict.ts'

/** The label of each price recommendation. */
export const RECOMMENDATIONS: Readonly<Record<Recommendation, string>> = {
  competitive: 'Competitive',
  slightly_high: 'Slightly high',
  slightly_low: 'Slightly low',
  high: 'High',
  low: 'Low',
  insufficient_data: 'Too few cars',
}

export const CONFIDENCES: Readonly<Record<Confidence, string>> = {
  none: 'None',
  low: 'Low',
  medium: 'Fair',
  high: 'Firm',
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
