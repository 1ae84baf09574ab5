/** A linear scale that maps the amounts `from`–`to` to the pixels `left`–`right`. */
export type Scale = {
  from: number
  to: number
  left: number
  right: number
}

/** The share of its range that a scale adds as padding at each end. */
const PADDING = 0.04
/** The factors of a power of ten that a tick step may have. */
const STEPS = [1, 2, 2.5, 5, 10]

/** Creates a scale that fits all of these amounts. A single amount is in the middle. */
export function createScale(amounts: readonly number[], left: number, right: number): Scale {
  const [min, max] = [Math.min(...amounts), Math.max(...amounts)]
  const padding = min === max ? Math.max(1, min * PADDING) : (max - min) * PADDING
  return { from: min - padding, to: max + padding, left, right }
}

export const toX = ({ from, to, left, right }: Scale, amount: number): number =>
  left + ((amount - from) / (to - from)) * (right - left)

/** Returns round amounts on the scale, ascending, at most `maxTicks`. */
export function computeTicks({ from, to }: Scale, maxTicks: number): number[] {
  const minStep = (to - from) / Math.max(1, maxTicks)
  const power = 10 ** Math.floor(Math.log10(minStep))
  const step = power * (STEPS.find((times) => times * power >= minStep) ?? 10)
  const [first, last] = [Math.ceil(from / step), Math.floor(to / step)]
  return Array.from(
    { length: Math.max(0, last - first + 1) },
    (_, index) => (first + index) * step,
  ).slice(0, Math.max(1, maxTicks))
}

/** The position of a dot: its center, and the number of dots below it. */
export type Dot = { x: number; row: number }

/**
 * Places one dot per amount, in the order of the amounts. Dots that would overlap are stacked, the
 * first one at the bottom.
 */
export function placeDots(amounts: readonly number[], scale: Scale, diameter: number): Dot[] {
  const high = new Map<number, number>()
  return amounts.map((amount) => {
    const column = Math.floor((toX(scale, amount) - scale.left) / diameter)
    const row = high.get(column) ?? 0
    high.set(column, row + 1)
    return { x: scale.left + (column + 0.5) * diameter, row }
  })
}
