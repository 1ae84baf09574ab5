import type { EndShape } from './end-shape.ts'
import type { Finish } from './finish.ts'
import { drawPlate } from './plate.ts'
import { canvas, renderCircle, renderLine, renderPath, renderRect } from './svg.ts'
import { mirrorDrawing } from './symmetric.ts'

const center = canvas.width / 2

/** Draws the chrome bumper with its two overriders, and the plate on it. */
export const drawChromeBumper = ({ half, bottom, scale }: EndShape): string =>
  mirrorDrawing(
    renderRect(0, bottom - 66, half + 6, 40, { rx: 14, fill: 'url(#chrome)' }),
    renderRect(half * 0.34, bottom - 84, 24, 66, {
      rx: 10,
      fill: 'url(#chrome)',
      stroke: '#6d747b',
      'stroke-width': 1.5,
    }),
  ) + drawPlate(bottom - 46, scale)

/** Draws the amber lamps above a classic's front bumper. */
export const drawIndicators = ({ half, bottom, scale }: EndShape): string =>
  mirrorDrawing(
    renderCircle(half * 0.72, bottom - 96, scale * 0.04, {
      fill: '#f0a63c',
      stroke: '#8d6a2c',
      'stroke-width': 2,
    }),
  )

/** Draws the separate fenders of the rear-engined classic, for the front or the rear. */
export const drawWings = ({ half, cowl, bottom, brow }: EndShape, finish: Finish): string =>
  mirrorDrawing(
    renderPath(
      `M ${half + 6} ${bottom} C ${half + 18} ${brow + 10} ${half - 34} ${cowl + 84}
        ` +
        `${half - 92} ${cowl + 86} C ${half - 160} ${cowl + 92} ${half - 176} ${brow + 60}
          ` +
        `${half - 182} ${bottom} Z`,
      { fill: 'url(#paint)', stroke: finish.seam, 'stroke-width': 3 },
    ),
    renderLine(
      `M ${half - 22} ${brow + 14} C ${half - 40} ${brow - 10} ${half - 60} ${cowl + 104}
        ` + `${half - 92} ${cowl + 104}`,
      '#ffffff',
      6,
      {
        'stroke-opacity': finish.gloss * 0.7,
      },
    ),
  )

/** Draws the hood between the fenders, with the chrome strip along its middle. */
export const drawWingedHood = (
  { cowl, cowlHalf, half, brow, bottom }: EndShape,
  finish: Finish,
): string =>
  mirrorDrawing(
    renderLine(
      `M ${cowlHalf * 0.86} ${cowl + 12} C ${cowlHalf * 0.8} ${brow} ${half * 0.4}
        ` + `${bottom - 90} 0 ${bottom - 78}`,
      finish.seam,
      3,
    ),
  ) + renderLine(`M ${center} ${cowl + 30} L ${center + 0.5} ${bottom - 110}`, '#cfd5da', 7)

/** Draws the engine lid with its louvers, and the folded roof on top of it. */
export const drawEngineLid = (
  { cowl, cowlHalf, half, brow, bottom }: EndShape,
  finish: Finish,
): string =>
  [
    renderPath(
      `M ${center - cowlHalf * 0.94} ${cowl + 14} C ${center - cowlHalf} ${cowl - 66}
        ` +
        `${center - cowlHalf * 0.6} ${cowl - 84} ${center} ${cowl - 84} C
          ` +
        `${center + cowlHalf * 0.6} ${cowl - 84} ${center + cowlHalf} ${cowl - 66}
            ` +
        `${center + cowlHalf * 0.94} ${cowl + 14} Z`,
      { fill: '#e6dcc6', stroke: '#8c8069', 'stroke-width': 3 },
    ),
    renderLine(
      `M ${center - cowlHalf * 0.9} ${cowl - 24} C ${center - 60} ${cowl - 40} ${center + 60}
        ` + `${cowl - 40} ${center + cowlHalf * 0.9} ${cowl - 24}`,
      '#b5a98f',
      4,
    ),
    mirrorDrawing(
      renderLine(
        `M 0 ${cowl + 66} C ${half * 0.3} ${cowl + 66} ${half * 0.42} ${brow} ${half * 0.4}
          ` + `${bottom - 110} L 0 ${bottom - 100}`,
        finish.seam,
        3,
      ),
      ...[0, 1, 2, 3].map((at) =>
        renderLine(
          `M 24 ${cowl + 92 + at * 13} L ${half * 0.24} ${cowl + 92 + at * 13}`,
          finish.deep,
          5,
        ),
      ),
    ),
  ].join('')
