import { formatCount } from '../../../src/domain/format-count.ts'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import { type RecordedPrice, buildPriceLine } from '../domain/price-line.ts'
import { formatDay } from './format.ts'

const SIZE = { width: 110, height: 30 }

/** The asking price of a car over time, as a step line; screen readers get it as text. */
export function Sparkline({ prices, until }: { prices: readonly RecordedPrice[]; until: string }) {
  const formatPrice = useMoneyFormat()
  const line = buildPriceLine(prices, until, SIZE)
  if (!line) return <span className="jobs__empty">–</span>
  return (
    <svg
      aria-label={describePrices(prices, formatPrice)}
      className="sparkline"
      role="img"
      viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
      {...SIZE}
    >
      <path d={line.path} />
      <circle cx={line.end.x} cy={line.end.y} r="2.5" />
    </svg>
  )
}

function describePrices(
  prices: readonly RecordedPrice[],
  formatPrice: (price: number) => string,
): string {
  const [first, last] = [prices[0], prices.at(-1)]
  if (!first || !last) return 'No price'
  if (prices.length === 1) return `${formatPrice(first.price)} since ${formatDay(first.recordedAt)}`
  const changed = formatCount(prices.length - 1, 'change')
  return (
    `From ${formatPrice(first.price)} on ${formatDay(first.recordedAt)} to ` +
    `${formatPrice(last.price)} on ${formatDay(last.recordedAt)}, ${changed}`
  )
}
