import { canvas, renderGroup } from './svg.ts'

/**
 * A cubic curve to a point: two control points and the end, with x measured from the center line.
 */
export type Curve = readonly [x1: number, y1: number, x2: number, y2: number, x: number, y: number]

const center = canvas.width / 2

/**
 * Builds a closed symmetric path: it starts on the center line at `top`, runs down the right side
 * and comes up the left.
 */
export const buildSymmetricPath = (top: number, right: readonly Curve[]): string => {
  const starts = [[0, top] as const, ...right.map((curve) => [curve[4], curve[5]] as const)]
  const down = right.map(
    ([x1, y1, x2, y2, x, y]) => `C ${center + x1} ${y1} ${center + x2} ${y2} ${center + x} ${y}`,
  )
  const up = right
    .map(([x1, y1, x2, y2], at) => {
      const [x, y] = starts[at] ?? [0, top]
      return `C ${center - x2} ${y2} ${center - x1} ${y1} ${center - x} ${y}`
    })
    .reverse()
  const [, , , , lastX = 0, lastY = top] = right.at(-1) ?? []
  return `M ${center} ${top} ${down.join(' ')} L ${center - lastX} ${lastY} ${up.join(' ')} Z`
}

/** Builds a straight line as a curve, for outlines with corners. */
export const buildStraightCurve = (fromX: number, fromY: number, x: number, y: number): Curve => [
  fromX,
  fromY,
  x,
  y,
  x,
  y,
]

/** Mirrors a drawing of the right half. Its `x` is measured from the center line. */
export const mirrorDrawing = (...right: readonly string[]): string =>
  renderGroup({ transform: `translate(${center} 0)` }, ...right) +
  renderGroup({ transform: `translate(${center} 0) scale(-1 1)` }, ...right)
