import type { EndShape } from './end-shape.ts'
import { drawChromeBumper, drawEngineLid, drawWings } from './classic-ends.ts'
import { drawCockpit, drawGlass, drawMirrors, drawRoofRails } from './end-parts.ts'
import { renderEndDefinitions, drawFooting, drawPaintedBody, rubber, buildWindow } from './ends.ts'
import type { Finish } from './finish.ts'
import { drawPlate } from './plate.ts'
import { canvas, renderEllipse, renderGroup, renderLine, renderPath, renderRect } from './svg.ts'
import { mirrorDrawing } from './symmetric.ts'
import { drawTaillamps } from './taillamps.ts'

const center = canvas.width / 2

const highBrake = (y: number, wide: number): string =>
  renderRect(center - wide / 2, y, wide, 9, {
    rx: 4,
    fill: '#c5161c',
    stroke: '#4a0a0d',
    'stroke-width': 1.5,
  })

/**
 * Draws the lower lines of a trunk lid: its sides run down to the bumper, and the plate is in a
 * recess between the lamps.
 */
const lid = ({ half, deck, bottom, scale }: EndShape, finish: Finish, top: number): string => {
  const foot = bottom - scale * 0.3
  const hollow = deck + (foot - deck) * 0.58
  return (
    renderRect(center - half * 0.42, hollow - scale * 0.11, half * 0.84, scale * 0.22, {
      rx: 16,
      fill: finish.deep,
      'fill-opacity': 0.42,
    }) +
    mirrorDrawing(
      renderLine(
        `M ${half * 0.84} ${top} C ${half * 0.82} ${deck + 60} ${half * 0.74} ${foot - 40}
          ` + `${half * 0.6} ${foot} L 0 ${foot + 3}`,
        finish.seam,
        2.8,
      ),
      renderLine(`M ${half * 0.58} ${foot + 4} L 0 ${foot + 7}`, '#ffffff', 2, {
        'stroke-opacity': finish.gloss * 0.45,
      }),
      renderRect(0, hollow - scale * 0.125, half * 0.3, 9, { fill: 'url(#chrome)' }),
    ) +
    drawPlate(hollow + scale * 0.01, scale)
  )
}

const bumper = ({ half, bottom, scale, cladding }: EndShape, finish: Finish): string =>
  renderGroup(
    { 'clip-path': 'url(#body)' },
    renderRect(0, bottom - scale * (cladding === true ? 0.17 : 0.09), canvas.width, 120, {
      fill: rubber,
    }),
    renderRect(center - half * 0.44, bottom - scale * 0.075, half * 0.88, 60, {
      rx: 10,
      fill: cladding === true ? '#aeb4ba' : '#0d0f11',
    }),
    mirrorDrawing(
      renderLine(
        `M 0 ${bottom - scale * 0.235} C ${half * 0.5} ${bottom - scale * 0.235}
          ` +
          `${half * 0.8}
          ${bottom - scale * 0.25} ${half} ${bottom - scale * 0.3}`,
        '#ffffff',
        5,
        { 'stroke-opacity': finish.gloss * 0.4 },
      ),
      renderRect(half * 0.66, bottom - scale * 0.155, half * 0.2, 11, {
        rx: 5,
        fill: '#c5161c',
        stroke: '#4a0a0d',
        'stroke-width': 1.5,
      }),
    ),
  )

const tailpipes = ({ half, bottom, scale }: EndShape): string =>
  mirrorDrawing(
    renderEllipse(half * 0.62, bottom - scale * 0.03, scale * 0.052, scale * 0.024, {
      fill: '#1b1d20',
      stroke: 'url(#chrome)',
      'stroke-width': 6,
    }),
  )

const drawTrunk = (shape: EndShape, finish: Finish): string => {
  const { half, deck, cowlHalf } = shape
  if (shape.classic === 'wings')
    return (
      drawWings(shape, finish) +
      drawEngineLid(shape, finish) +
      drawTaillamps(shape) +
      drawChromeBumper(shape)
    )
  const edge = deck + 34
  return [
    renderPath(
      `M ${center - cowlHalf + 6} ${deck} C ${center - cowlHalf * 0.5} ${deck - 10}
        ` +
        `${center + cowlHalf * 0.5} ${deck - 10} ${center + cowlHalf - 6} ${deck} L
          ` +
        `${center + half * 0.84} ${edge} C ${center + half * 0.4} ${edge - 10}
            ` +
        `${center - half * 0.4} ${edge - 10} ${center - half * 0.84} ${edge} Z`,
      { fill: finish.lit, 'fill-opacity': 0.55 },
    ),
    renderLine(
      `M ${center - half * 0.84} ${edge} C ${center - half * 0.4} ${edge - 10}
        ` + `${center + half * 0.4} ${edge - 10} ${center + half * 0.84} ${edge}`,
      finish.seam,
      3,
    ),
    renderLine(
      `M ${center - half * 0.8} ${edge + 7} C ${center - half * 0.4} ${edge - 3}
        ` + `${center + half * 0.4} ${edge - 3} ${center + half * 0.8} ${edge + 7}`,
      '#ffffff',
      3,
      { 'stroke-opacity': finish.gloss * 0.7 },
    ),
    shape.classic === undefined ? lid(shape, finish, edge) : '',
    drawTaillamps(shape),
    shape.classic === undefined ? bumper(shape, finish) : drawChromeBumper(shape),
  ].join('')
}

const tailgate = (shape: EndShape, finish: Finish): string => {
  const { roof, roofHalf, corner, deck, half } = shape
  return [
    renderPath(
      `M ${center - roofHalf + corner * 0.4} ${roof + corner * 0.3} C
        ` +
        `${center - roofHalf * 0.5} ${roof + 2} ${center + roofHalf * 0.5} ${roof + 2}
          ` +
        `${center + roofHalf - corner * 0.4} ${roof + corner * 0.3} L
            ` +
        `${center + roofHalf - corner * 0.5} ${roof + corner * 0.56} C
              ` +
        `${center + roofHalf * 0.5} ${roof + corner * 0.4} ${center - roofHalf * 0.5}
                ` +
        `${roof + corner * 0.4} ${center - roofHalf + corner * 0.5}
                  ${roof + corner * 0.56} Z`,
      { fill: finish.shade },
    ),
    highBrake(roof + corner * 0.3, 110),
    renderLine(`M ${center + 6} ${deck - 6} L ${center - 150} ${deck - 26}`, '#0f1215', 7),
    mirrorDrawing(
      renderLine(
        `M ${half * 0.86} ${deck + 10} C ${half * 0.6} ${deck + 22} ${half * 0.3}
          ` +
          `${deck + 26}
          0 ${deck + 26}`,
        '#ffffff',
        4,
        {
          'stroke-opacity': finish.gloss * 0.5,
        },
      ),
    ),
    lid(shape, finish, deck + 4),
    drawTaillamps(shape),
    bumper(shape, finish),
  ].join('')
}

const flap = (shape: EndShape, finish: Finish): string => {
  const { half, deck, bottom, scale } = shape
  const foot = bottom - scale * 0.18
  return [
    renderRect(center - half + 2, deck - 14, half * 2 - 4, foot - deck + 40, {
      rx: 12,
      fill: 'none',
      stroke: finish.seam,
      'stroke-width': 3,
    }),
    renderLine(
      `M ${center - half + 14} ${deck - 8} L ${center + half - 14} ${deck - 8}`,
      '#ffffff',
      4,
      {
        'stroke-opacity': finish.gloss,
      },
    ),
    mirrorDrawing(
      renderLine(`M ${half * 0.78} ${deck - 12} L ${half * 0.78} ${foot + 22}`, finish.seam, 3),
      renderLine(
        `M 0 ${deck + 34} L ${half * 0.7} ${deck + 34} L ${half * 0.68} ${foot - 6} L 0
          ` + `${foot - 6}`,
        finish.deep,
        3,
        {
          'stroke-opacity': 0.55,
        },
      ),
      renderLine(`M 0 ${deck + 38} L ${half * 0.69} ${deck + 38}`, '#ffffff', 3, {
        'stroke-opacity': finish.gloss * 0.5,
      }),
    ),
    renderRect(center - 56, deck + 12, 112, 32, {
      rx: 9,
      fill: '#17191c',
      stroke: finish.seam,
      'stroke-width': 2,
    }),
    drawTaillamps(shape),
    renderRect(center - half - 4, foot + 18, half * 2 + 8, scale * 0.17, {
      rx: 12,
      fill: 'url(#chrome)',
      stroke: '#5b6167',
      'stroke-width': 2,
    }),
    renderRect(center - half * 0.34, foot + 24, half * 0.68, scale * 0.17 - 8, {
      rx: 8,
      fill: '#25292e',
    }),
    drawPlate(foot + 20 + scale * 0.085, scale * 0.86),
  ].join('')
}

const doors = (shape: EndShape, finish: Finish): string => {
  const { half, roof, deck, bottom, scale } = shape
  const top = roof + 74
  return [
    mirrorDrawing(
      renderRect(half * 0.1, top + 26, half * 0.6, deck - top - 60, {
        rx: 20,
        fill: '#222b34',
        stroke: '#121518',
        'stroke-width': 6,
      }),
      renderPath(`M ${half * 0.3} ${top + 29} l 60 0 l -90 ${deck - top - 66} l -50 0 Z`, {
        fill: '#ffffff',
        'fill-opacity': 0.1,
      }),
      renderLine(
        `M 0 ${top} L ${half * 0.8} ${top + 6} L ${half * 0.84} ${bottom - scale * 0.22} L 0
          ` + `${bottom - scale * 0.22}`,
        finish.seam,
        3,
      ),
      ...[0.3, 0.62].map((share) =>
        renderRect(half * 0.8, top + (bottom - top) * share, 24, 42, { rx: 6, fill: '#2a2f35' }),
      ),
      renderLine(`M 0 ${deck + 30} L ${half * 0.82} ${deck + 30}`, '#ffffff', 3, {
        'stroke-opacity': finish.gloss * 0.5,
      }),
    ),
    renderLine(`M ${center} ${top} L ${center} ${bottom - scale * 0.22}`, finish.seam, 4),
    renderRect(center + 12, deck + 70, 15, 78, { rx: 7, fill: '#1c1f23' }),
    highBrake(roof + 40, 90),
    drawTaillamps(shape),
    bumper(shape, finish),
    drawPlate(bottom - scale * 0.36, scale),
  ].join('')
}

const backs = { boot: drawTrunk, tailgate, flap, doors } as const

/**
 * Draws the car from the rear: the definitions and the drawing. `pipes`: whether it has a visible
 * exhaust.
 */
export const drawRearView = (
  shape: EndShape,
  finish: Finish,
  pipes: boolean,
): { defs: string; car: string } => {
  const closed = shape.back === 'doors' || shape.open === true
  const pane = buildWindow(
    shape,
    Math.min(shape.deck, shape.cowl) - 12,
    shape.cowlHalf - (shape.back === 'boot' ? 44 : 22),
    8,
  )
  return {
    defs: renderEndDefinitions(shape, finish),
    car: [
      drawFooting(shape),
      shape.open === true ? drawCockpit(shape, finish, '#4b3425') : '',
      drawMirrors(shape, finish, true),
      drawPaintedBody(shape, finish),
      shape.rails === true ? drawRoofRails(shape) : '',
      closed ? '' : drawGlass(shape, pane, 'pane', shape.cowl),
      backs[shape.back](shape, finish),
      pipes && shape.classic === undefined && shape.back !== 'flap' ? tailpipes(shape) : '',
    ].join(''),
  }
}
