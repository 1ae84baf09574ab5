/** A straight scale: amounts of money on pixels from `left` to `right`. */
export type Scale = { from: number; to: number; left: number; right: number }

/** How much of its reach a scale leaves free at each end. */
const AIR = 0.04
/** A step between two ticks is one of these times a power of ten. */
const STEPS = [1, 2, 2.5, 5, 10]

/** The scale that has room for all of these amounts; one amount alone stands in its middle. */
export function scaleOf(amounts: readonly number[], left: number, right: number): Scale {
  const [least, most] = [Math.min(...amounts), Math.max(...amounts)]
  const air = least === most ? Math.max(1, least * AIR) : (most - least) * AIR
  return { from: least - air, to: most + air, left, right }
}

export const xOf = ({ from, to, left, right }: Scale, amount: number): number =>
  left + ((amount - from) / (to - from)) * (right - left)

/** Round amounts on the scale from low to high, never more than `most`. */
export function ticksOf({ from, to }: Scale, most: number): number[] {
  const least = (to - from) / Math.max(1, most)
  const power = 10 ** Math.floor(Math.log10(least))
  const step = power * (STEPS.find((times) => times * power >= least) ?? 10)
  const [first, last] = [Math.ceil(from / step), Math.floor(to / step)]
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step).slice(0, Math.max(1, most))
}

/** Where a dot stands: its middle, and how many are below it. */
export type Dot = { x: number; row: number }

/** A dot an amount, in the order of the amounts. Those that would touch are put on top of each other, the first one lowest. */
export function dotsOf(amounts: readonly number[], scale: Scale, diameter: number): Dot[] {
  const high = new Map<number, number>()
  return amounts.map((amount) => {
    const column = Math.floor((xOf(scale, amount) - scale.left) / diameter)
    const row = high.get(column) ?? 0
    high.set(column, row + 1)
    return { x: scale.left + (column + 0.5) * diameter, row }
  })
}
