import { counted } from '../../../src/admin/jobs/words.ts'
import { dollars } from '../../../src/admin/lot/figures.ts'
import { type AskedPrice, priceLine } from '../domain/price-line.ts'
import { dayWords } from './words.ts'

const ROOM = { width: 110, height: 30 }

/** What was asked for a car from its first day to its last, as a small line of steps; whoever hears the screen hears it in words. */
export function Sparkline({ prices, until }: { prices: readonly AskedPrice[]; until: string }) {
  const line = priceLine(prices, until, ROOM)
  if (!line) return <span className="jobs__empty">–</span>
  return (
    <svg aria-label={inWords(prices)} className="sparkline" role="img" viewBox={`0 0 ${ROOM.width} ${ROOM.height}`} {...ROOM}>
      <path d={line.path} />
      <circle cx={line.end.x} cy={line.end.y} r="2.5" />
    </svg>
  )
}

function inWords(prices: readonly AskedPrice[]): string {
  const [first, last] = [prices[0], prices.at(-1)]
  if (!first || !last) return 'No price'
  if (prices.length === 1) return `${dollars(first.price)} since ${dayWords(first.recordedAt)}`
  const changed = counted(prices.length - 1, 'change')
  return `From ${dollars(first.price)} on ${dayWords(first.recordedAt)} to ${dollars(last.price)} on ${dayWords(last.recordedAt)}, ${changed}`
}
