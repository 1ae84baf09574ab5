import type { EndShape } from './end-shape.ts'
import type { Finish } from './finish.ts'
import {
  canvas,
  renderElement,
  renderGroup,
  renderLine,
  renderLinearGradient,
  renderPath,
  renderRect,
} from './svg.ts'
import { mirrorDrawing, buildStraightCurve, buildSymmetricPath, type Curve } from './symmetric.ts'

const center = canvas.width / 2
export const rubber = '#202327'

const buildLowerCurves = ({ half, cowl, cowlHalf, brow, bottom }: EndShape): Curve[] => [
  [cowlHalf + 44, cowl + 6, half - 2, cowl + 34, half, cowl + (brow - cowl) * 0.92],
  [half + 5, brow + 70, half + 5, bottom - 96, half - 6, bottom - 46],
  [half - 10, bottom - 14, half - 30, bottom, half - 62, bottom],
  buildStraightCurve(half - 62, bottom, 0, bottom),
]

/** Builds the whole silhouette; without a roof it begins at the bottom of the windshield. */
export const buildOutline = (shape: EndShape): string => {
  const { roof, roofHalf, corner, cowl, cowlHalf } = shape
  const foot = cowlHalf + 18
  if (shape.open === true)
    return buildSymmetricPath(cowl, [
      buildStraightCurve(0, cowl, cowlHalf - 10, cowl + 2),
      buildStraightCurve(cowlHalf - 10, cowl + 2, foot, cowl),
      ...buildLowerCurves(shape),
    ])
  return buildSymmetricPath(roof, [
    [
      roofHalf * 0.45,
      roof - 1,
      roofHalf - corner * 1.25,
      roof + 2,
      roofHalf - corner * 0.55,
      roof + corner * 0.3,
    ],
    [
      roofHalf - corner * 0.15,
      roof + corner * 0.5,
      roofHalf + 2,
      roof + corner * 0.9,
      roofHalf + 8,
      roof + corner * 1.4,
    ],
    [
      roofHalf + (foot - roofHalf) * 0.4,
      roof + (cowl - roof) * 0.45,
      foot - 8,
      cowl - 40,
      foot,
      cowl - 6,
    ],
    ...buildLowerCurves(shape),
  ])
}

/**
 * Builds the outline of the windshield or the rear window: from below the roof to `foot`, where its
 * half width is `footHalf`.
 */
export const buildWindow = (
  { roof, roofHalf, corner, header }: EndShape,
  foot: number,
  footHalf: number,
  dip: number,
): string => {
  const top = roof + (header ?? corner * 0.52)
  const topHalf = roofHalf - 30
  return buildSymmetricPath(top, [
    [topHalf * 0.5, top, topHalf - 36, top + 2, topHalf - 12, top + 6],
    [topHalf + 4, top + 10, topHalf + 6, top + 22, topHalf + 10, top + 34],
    buildStraightCurve(topHalf + 10, top + 34, footHalf - 6, foot - 16),
    [footHalf + 2, foot - 2, footHalf - 6, foot, footHalf - 26, foot],
    [footHalf * 0.6, foot + dip * 0.8, footHalf * 0.3, foot + dip, 0, foot + dip],
  ])
}

export const renderEndDefinitions = (
  shape: EndShape,
  { lit, base, shade, deep }: Finish,
): string => {
  const { roof, cowl, brow, bottom, half } = shape
  const at = (y: number): number => (y - roof) / (bottom - roof)
  return [
    renderLinearGradient(
      'paint',
      [0, roof],
      [0, bottom],
      `0 ${lit}`,
      `0.1 ${base}`,
      `${at(cowl - 10)} ${base}`,
      `${at(cowl + 10)} ${lit}`,
      `${at(brow - 8)} ${base}`,
      `${at(brow + 30)} ${base}`,
      `${at(bottom - 60)} ${shade}`,
      `1 ${deep}`,
    ),
    renderLinearGradient(
      'edges',
      [center - half, 0],
      [center + half, 0],
      ...['0 0.75', '0.14 0.1', '0.3 0', '0.7 0', '0.86 0.1', '1 0.75'].map((stop) =>
        stop.replace(' ', ` ${deep} `),
      ),
    ),
    renderElement('clipPath', { id: 'body' }, renderPath(buildOutline(shape), {})),
  ].join('')
}

/** Draws the tires from the front, and the dark area under the car. */
export const drawFooting = ({ half, bottom, scale, classic }: EndShape): string => {
  const width = scale * (classic === undefined ? 0.235 : 0.175)
  const outer = half - scale * 0.025
  const top = bottom - 90
  const grooves = [0.3, 0.5, 0.7].map((share) =>
    renderLine(
      `M ${outer - width * share} ${bottom - 20} L ${outer - width * share} ${canvas.ground - 5}`,
      '#0a0b0c',
      4,
    ),
  )
  return (
    renderRect(center - half + 60, bottom - 60, half * 2 - 120, canvas.ground - bottom + 60, {
      fill: 'url(#under)',
    }) +
    mirrorDrawing(
      renderRect(outer - width, top, width, canvas.ground - top, {
        rx: width * 0.26,
        fill: '#1c1e22',
      }),
      ...grooves,
    )
  )
}

/** Draws the painted silhouette with the light on it. */
export const drawPaintedBody = (shape: EndShape, finish: Finish): string => {
  const body = buildOutline(shape)
  return (
    renderPath(body, { fill: 'url(#paint)' }) +
    renderGroup(
      { 'clip-path': 'url(#body)' },
      renderPath(body, { fill: 'url(#edges)' }),
      renderPath(body, {
        fill: 'none',
        stroke: '#ffffff',
        'stroke-width': 6,
        'stroke-opacity': finish.gloss * 0.4,
      }),
    )
  )
}
