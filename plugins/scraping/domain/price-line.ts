import { amountToCents, centsToAmount } from '../../../src/domain/money.ts'

/** The price of a car from a moment on. `recordedAt` is ISO 8601, `price` is a decimal. */
export type RecordedPrice = { recordedAt: string; price: number }

/** A price line in SVG: its path, and the point where it ends. */
export type PriceLine = { path: string; end: { x: number; y: number } }

/** The padding for the thickness of the line and the dot at its end. */
const EDGE_PX = 3

/**
 * Draws prices as steps from the first one to `until`: a price applies until the next one. The
 * highest price is at the top and the lowest at the bottom; a constant line is in the middle.
 * Returns null if there are no prices.
 */
export function buildPriceLine(
  prices: readonly RecordedPrice[],
  until: string,
  { width, height }: { width: number; height: number },
): PriceLine | null {
  const [first] = prices
  if (!first) return null
  const all = prices.map(({ price }) => price)
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const from = Date.parse(first.recordedAt)
  const to = Math.max(Date.parse(until), Date.parse(prices.at(-1)?.recordedAt ?? until))
  const scaleX = (moment: string) =>
    roundToTenth(
      EDGE_PX +
        (to === from ? 0 : (Date.parse(moment) - from) / (to - from)) * (width - 2 * EDGE_PX),
    )
  const scaleY = (price: number) =>
    roundToTenth(
      high === low
        ? height / 2
        : EDGE_PX + ((high - price) / (high - low)) * (height - 2 * EDGE_PX),
    )
  const steps = prices
    .slice(1)
    .map(({ recordedAt, price }) => `H${scaleX(recordedAt)}V${scaleY(price)}`)
  const end = { x: roundToTenth(width - EDGE_PX), y: scaleY(all.at(-1) ?? first.price) }
  return {
    path: `M${scaleX(first.recordedAt)} ${scaleY(first.price)}${steps.join('')}H${end.x}`,
    end,
  }
}

const roundToTenth = (pixels: number): number => Math.round(pixels * 10) / 10

/**
 * Returns the difference between the last and the first price; negative if the price
 * fell.
 */
export function computePriceChange(prices: readonly RecordedPrice[]): number {
  const cents = prices.map(({ price }) => amountToCents(price))
  return centsToAmount((cents.at(-1) ?? 0) - (cents[0] ?? 0))
}
