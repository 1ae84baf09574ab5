const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'always' })

/**
 * Formats the distance of a moment from now in its largest unit, rounded: `in 3 hours`, `5 minutes
 * ago`. Less than half a minute is `just now`.
 */
export function formatRelativeTime(moment: Date, now: Date): string {
  const milliseconds = moment.getTime() - now.getTime()
  const round = (unit: number) =>
    Math.round(Math.abs(milliseconds) / unit) * Math.sign(milliseconds)
  const [minutes, hours, days] = [round(60_000), round(3_600_000), round(86_400_000)]
  if (minutes === 0) return milliseconds > 0 ? 'in less than a minute' : 'just now'
  if (Math.abs(minutes) < 60) return RELATIVE.format(minutes, 'minute')
  if (Math.abs(hours) < 24) return RELATIVE.format(hours, 'hour')
  if (Math.abs(days) < 30) return RELATIVE.format(days, 'day')
  const months = round((365.25 / 12) * 86_400_000)
  return Math.abs(months) < 12
    ? RELATIVE.format(months, 'month')
    : RELATIVE.format(round(365.25 * 86_400_000), 'year')
}

/**
 * Formats how long ago something happened. The clock of a screen ticks every half minute, so what
 * has just happened can be ahead of it: that is `just now`, not `in less than a minute`.
 */
export const formatAge = (moment: string, now: Date): string =>
  formatRelativeTime(new Date(Math.min(Date.parse(moment), now.getTime())), now)
