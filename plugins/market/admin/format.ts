import type { Confidence, Recommendation } from '../domain/verdict.ts'

/** What to make of a price, in a word or two. */
export const RECOMMENDATIONS: Readonly<Record<Recommendation, string>> = {
  competitive: 'Competitive',
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

/** `104.9 %`; `–` where nothing is expected. */
export const formatPercent = (percent: number | null): string =>
  percent === null ? '–' : `${percent.toFixed(1)}\u00a0%`

/** How far from what is expected: `4.9 % above`, `12.0 % below`, `exactly`. */
export function describeDifference(priceToMarket: number): string {
  const difference = Math.abs(priceToMarket - 100).toFixed(1)
  if (difference === '0.0') return 'exactly'
  return `${difference}\u00a0% ${priceToMarket > 100 ? 'above' : 'below'}`
}

/** Where a source's name comes from the outside, it is shown as it is. */
export const describeSource = (source: string | null): string =>
  source === 'competitors' ? 'the stock of competitors' : (source ?? 'an unknown source')
