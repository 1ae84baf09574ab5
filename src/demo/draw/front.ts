import type { EndShape, Grille } from './end-shape.ts'
import { drawChromeBumper, drawIndicators, drawWingedHood, drawWings } from './classic-ends.ts'
import { drawCockpit, drawGlass, drawMirrors, drawRoofRails } from './end-parts.ts'
import { renderEndDefinitions, drawFooting, drawPaintedBody, rubber, buildWindow } from './ends.ts'
import type { Finish } from './finish.ts'
import { drawGrille } from './grille.ts'
import { drawHeadlamps } from './lamps.ts'
import { drawPlate } from './plate.ts'
import { canvas, renderCircle, renderGroup, renderLine, renderPath, renderRect } from './svg.ts'
import { mirrorDrawing, buildStraightCurve, buildSymmetricPath } from './symmetric.ts'

const center = canvas.width / 2

const drawHood = ({ cowl, cowlHalf, brow, half }: EndShape, finish: Finish): string =>
  mirrorDrawing(
    renderPath(
      `M ${cowlHalf * 0.62} ${cowl + 18} C ${cowlHalf * 0.72} ${cowl + 40} ${half * 0.62}
        ` +
        `${brow - 30} ${half * 0.56} ${brow - 2} L ${half * 0.34} ${brow - 2} C ${half * 0.4}
          ` +
        `${brow - 40} ${cowlHalf * 0.44} ${cowl + 44} ${cowlHalf * 0.42} ${cowl + 20} Z`,
      { fill: '#ffffff', 'fill-opacity': finish.gloss * 0.24 },
    ),
    renderLine(
      `M ${cowlHalf - 4} ${cowl + 14} C ${half * 0.9} ${cowl + 44} ${half * 0.86}
        ` +
        `${brow - 24}
        ${half * 0.76} ${brow + 2}`,
      finish.seam,
      2.6,
    ),
    renderLine(
      `M 0 ${brow + 4} C ${half * 0.3} ${brow + 4} ${half * 0.6} ${brow + 2} ${half * 0.76}
        ` + `${brow + 2}`,
      finish.seam,
      2.6,
    ),
    renderLine(
      `M 0 ${brow + 9} C ${half * 0.3} ${brow + 9} ${half * 0.6} ${brow + 7} ${half * 0.74}
        ` + `${brow + 7}`,
      '#ffffff',
      2,
      {
        'stroke-opacity': finish.gloss * 0.55,
      },
    ),
  )

const wipers = ({ cowl, scale }: EndShape): string =>
  renderLine(
    `M ${center - scale * 0.62} ${cowl + 2} L ${center - scale * 0.08} ${cowl + 6}`,
    '#0f1215',
    6,
  ) +
  renderLine(
    `M ${center + scale * 0.02} ${cowl + 8} L ${center + scale * 0.56} ${cowl}`,
    '#0f1215',
    6,
  ) +
  renderRect(center - 26, cowl - scale * 0.44, 52, 20, { rx: 8, fill: '#0d1013' })

const fog = (x: number, y: number, scale: number): string =>
  renderCircle(x, y, scale * 0.034, { fill: '#e9f1f7', stroke: '#5a626a', 'stroke-width': 3 })

const bumper = (shape: EndShape, finish: Finish): string => {
  const { half, bottom, scale, cladding } = shape
  const top = bottom - scale * 0.25
  const foot = bottom - scale * 0.07
  const mouth = buildSymmetricPath(top, [
    buildStraightCurve(0, top, half * 0.5, top),
    buildStraightCurve(half * 0.5, top, half * 0.44, foot),
    buildStraightCurve(half * 0.44, foot, 0, foot),
  ])
  const nest =
    `M ${half * 0.62} ${top + 4} L ${half * 0.92} ${top - scale * 0.06} L ${half * 0.9}
    ` + `${foot - 6} L ${half * 0.68} ${foot - 2} Z`
  return [
    cladding === true
      ? renderGroup(
          { 'clip-path': 'url(#body)' },
          renderRect(0, bottom - scale * 0.13, canvas.width, 90, { fill: rubber }),
        )
      : '',
    renderPath(mouth, {
      fill: '#0e1013',
      stroke: finish.seam,
      'stroke-width': 3,
      'stroke-linejoin': 'round',
    }),
    mirrorDrawing(
      ...[0.3, 0.6].map((share) =>
        renderLine(
          `M 0 ${top + (foot - top) * share} L ${half * 0.45} ${top + (foot - top) * share}`,
          '#2c3137',
          4,
        ),
      ),
      renderPath(nest, {
        fill: '#121518',
        stroke: finish.seam,
        'stroke-width': 2.5,
        'stroke-linejoin': 'round',
      }),
      fog(half * 0.78, (top + foot) / 2, scale),
    ),
    renderGroup(
      { 'clip-path': 'url(#body)' },
      renderRect(0, bottom - 15, canvas.width, 40, {
        fill: cladding === true ? '#aeb4ba' : rubber,
      }),
    ),
    drawPlate(top + scale * 0.04, scale),
  ].join('')
}

const face = (shape: EndShape, finish: Finish, kind: Grille): string => {
  const classic = drawIndicators(shape) + drawChromeBumper(shape)
  if (shape.classic === 'wings')
    return drawWings(shape, finish) + drawWingedHood(shape, finish) + drawHeadlamps(shape) + classic
  return [
    drawHood(shape, finish),
    drawGrille(kind, shape, finish),
    drawHeadlamps(shape),
    shape.classic === undefined ? bumper(shape, finish) : classic,
  ].join('')
}

/** Draws the car from the front: the definitions and the drawing. */
export const drawFrontView = (
  shape: EndShape,
  finish: Finish,
  kind: Grille,
): { defs: string; car: string } => ({
  defs: renderEndDefinitions(shape, finish),
  car: [
    drawFooting(shape),
    shape.open === true ? drawCockpit(shape, finish, '#5b3f2d') : '',
    drawPaintedBody(shape, finish),
    shape.rails === true ? drawRoofRails(shape) : '',
    shape.open === true
      ? ''
      : drawGlass(
          shape,
          buildWindow(shape, shape.cowl, shape.cowlHalf - 10, 16),
          'pane',
          shape.cowl,
        ) + wipers(shape),
    face(shape, finish, kind),
    drawMirrors(shape, finish, false),
  ].join(''),
})
