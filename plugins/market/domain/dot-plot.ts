/** A straight scale: amounts of money on pixels from `left` to `right`. */
export type Scale = { from: number; to: number; left: number; right: number }

/** How much of its reach a scale leaves free at each end. */
const PADDING = 0.04
/** A step between two ticks is one of these times a power of ten. */
const STEPS = [1, 2, 2.5, 5, 10]

/** The scale that has room for all of these amounts; one amount alone stands in its middle. */
export function createScale(amounts: readonly number[], left: number, right: number): Scale {
  const [min, max] = [Math.min(...amounts), Math.max(...amounts)]
  const padding = min === max ? Math.max(1, min * PADDING) : (max - min) * PADDING
  return { from: min - padding, to: max + padding, left, right }
}

export const toX = ({ from, to, left, right }: Scale, amount: number): number =>
  left + ((amount - from) / (to - from)) * (right - left)

/** Round amounts on the scale from low to high, never more than `most`. */
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

/** Where a dot stands: its middle, and how many are below it. */
export type Dot = { x: number; row: number }

/**
 * A dot an amount, in the order of the amounts. Those that would touch are put on top of each
 * other, the first one lowest.
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
