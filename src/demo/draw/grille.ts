import type { EndShape, Grille } from './end-shape.ts'
import type { Finish } from './finish.ts'
import { renderCircle, renderLine, renderPath, renderRect } from './svg.ts'
import { mirrorDrawing, buildStraightCurve, buildSymmetricPath } from './symmetric.ts'

type Draw = (shape: EndShape, finish: Finish) => string

const dark = '#101316'

const opening = (top: number, topHalf: number, foot: number, footHalf: number): string =>
  buildSymmetricPath(top, [
    buildStraightCurve(0, top, topHalf, top),
    buildStraightCurve(topHalf, top, footHalf, foot),
    buildStraightCurve(footHalf, foot, 0, foot),
  ])

const bars = (
  count: number,
  top: number,
  foot: number,
  half: (share: number) => number,
  stroke: string,
  width: number,
): string =>
  mirrorDrawing(
    ...Array.from({ length: count }, (_, at) => {
      const share = (at + 1) / (count + 1)
      const y = top + (foot - top) * share
      return renderLine(`M 0 ${y} L ${half(share)} ${y}`, stroke, width, {
        'stroke-linecap': 'butt',
      })
    }),
  )

const wide: Draw = ({ half, brow, scale }) => {
  const [top, foot] = [brow + scale * 0.045, brow + scale * 0.2]
  return (
    renderPath(opening(top, half * 0.47, foot, half * 0.4), {
      fill: dark,
      stroke: '#b4bbc2',
      'stroke-width': 5,
      'stroke-linejoin': 'round',
    }) + bars(3, top, foot, (share) => half * (0.455 - 0.07 * share), '#4c545c', 5)
  )
}

const mesh: Draw = ({ half, brow, bottom, scale }) => {
  const [top, foot] = [brow + scale * 0.05, Math.min(brow + scale * 0.27, bottom - scale * 0.3)]
  const middle = top + (foot - top) * 0.45
  const shape = buildSymmetricPath(top, [
    buildStraightCurve(0, top, half * 0.4, top),
    buildStraightCurve(half * 0.4, top, half * 0.46, middle),
    buildStraightCurve(half * 0.46, middle, half * 0.34, foot),
    buildStraightCurve(half * 0.34, foot, 0, foot),
  ])
  const rows = [0.2, 0.4, 0.6, 0.8].flatMap((share, row) =>
    Array.from({ length: 8 }, (_, at) => {
      const x = (at + (row % 2) * 0.5) * half * 0.05 + 6
      return x > half * (share > 0.5 ? 0.37 : 0.4)
        ? ''
        : renderCircle(x, top + (foot - top) * share, 3.4, { fill: '#454c54' })
    }),
  )
  return (
    renderPath(shape, {
      fill: dark,
      stroke: '#2f353b',
      'stroke-width': 8,
      'stroke-linejoin': 'round',
    }) + mirrorDrawing(...rows)
  )
}

const slats: Draw = ({ half, brow, scale }) => {
  const [top, foot] = [brow + 2, brow + scale * 0.3]
  return (
    renderPath(opening(top, half * 0.54, foot, half * 0.5), {
      fill: dark,
      stroke: 'url(#chrome)',
      'stroke-width': 14,
      'stroke-linejoin': 'round',
    }) +
    bars(2, top, foot, (share) => half * (0.53 - 0.03 * share), '#c8ced4', 12) +
    bars(5, top, foot, (share) => half * (0.53 - 0.03 * share), '#3a4148', 4)
  )
}

const slots: Draw = ({ half, brow, scale }, finish) =>
  mirrorDrawing(
    ...Array.from({ length: 4 }, (_, at) =>
      renderRect(half * (0.02 + at * 0.125), brow + scale * 0.05, half * 0.085, scale * 0.22, {
        rx: 10,
        fill: dark,
        stroke: finish.seam,
        'stroke-width': 3,
      }),
    ),
  )

const chrome: Draw = ({ half, brow, scale }) => {
  const [top, foot] = [brow + scale * 0.035, brow + scale * 0.24]
  return (
    renderPath(opening(top, half * 0.62, foot, half * 0.6), {
      fill: '#15181b',
      stroke: 'url(#chrome)',
      'stroke-width': 12,
      'stroke-linejoin': 'round',
    }) +
    bars(7, top, foot, (share) => half * (0.61 - 0.02 * share), '#7f878f', 4) +
    mirrorDrawing(
      ...[0.12, 0.24, 0.36, 0.48].map((share) =>
        renderLine(`M ${half * share} ${top} L ${half * share} ${foot}`, '#5a6168', 2.5),
      ),
    )
  )
}

const closed: Draw = ({ half, brow, scale }, finish) =>
  mirrorDrawing(
    renderLine(
      `M 0 ${brow + scale * 0.1} C ${half * 0.24} ${brow + scale * 0.1} ${half * 0.38}
        ` + `${brow + scale * 0.09} ${half * 0.48} ${brow + scale * 0.07}`,
      finish.deep,
      5,
      { 'stroke-opacity': 0.5 },
    ),
    renderLine(
      `M 0 ${brow + scale * 0.115} C ${half * 0.24} ${brow + scale * 0.115} ${half * 0.38}
        ` + `${brow + scale * 0.105} ${half * 0.48} ${brow + scale * 0.085}`,
      '#ffffff',
      4,
      { 'stroke-opacity': finish.gloss * 0.5 },
    ),
  )

const kinds: Readonly<Record<Grille, Draw>> = { wide, mesh, slats, slots, chrome, closed }

/** Draws the part between the headlamps, without a manufacturer's badge. */
export const drawGrille = (kind: Grille, shape: EndShape, finish: Finish): string =>
  kinds[kind](shape, finish)
