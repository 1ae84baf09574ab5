import { canvas, renderGroup } from './svg.ts'

/** A cubic curve to a point: two control points and the end, x measured from the centre line. */
export type Curve = readonly [x1: number, y1: number, x2: number, y2: number, x: number, y: number]

const center = canvas.width / 2

/**
 * A closed path that is its own mirror image: starts on the centre line at `top`, runs down the
 * right side, comes up the left.
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

/** The straight line as a curve, for outlines with corners. */
export const buildStraightCurve = (fromX: number, fromY: number, x: number, y: number): Curve => [
  fromX,
  fromY,
  x,
  y,
  x,
  y,
]

/** A drawing of the right half and its mirror image. `x` in it is measured from the centre line. */
export const mirrorDrawing = (...right: readonly string[]): string =>
  renderGroup({ transform: `translate(${center} 0)` }, ...right) +
  renderGroup({ transform: `translate(${center} 0) scale(-1 1)` }, ...right)
