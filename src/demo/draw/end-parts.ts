import type { EndShape } from './end-shape.ts'
import { buildWindow } from './ends.ts'
import type { Finish } from './finish.ts'
import { canvas, renderElement, renderEllipse, renderGroup, renderLine, renderPath } from './svg.ts'
import { mirrorDrawing } from './symmetric.ts'

const center = canvas.width / 2

const drawBackrest = (x: number, top: number, wide: number, fill: string): string =>
  renderPath(
    `M ${x - wide} ${top + 150} L ${x - wide * 0.92} ${top + 62} C ${x - wide * 0.9}
      ` +
      `${top + 34} ${x + wide * 0.9} ${top + 34} ${x + wide * 0.92} ${top + 62} L ${x + wide}
        ` +
      `${top + 150} Z ` +
      `M ${x - wide * 0.44} ${top + 38} L ${x - wide * 0.5} ${top + 12} C ${x - wide * 0.48}
        ` +
      `${top - 2} ${x + wide * 0.48} ${top - 2} ${x + wide * 0.5} ${top + 12} L
          ` +
      `${x + wide * 0.44} ${top + 38} Z`,
    { fill },
  )

/**
 * Draws glass with the dim interior behind it and the studio's reflection on it. `id` names its
 * clip path.
 */
export const drawGlass = (shape: EndShape, pane: string, id: string, foot: number): string => {
  const { scale } = shape
  const inside = mirrorDrawing(
    drawBackrest(scale * 0.37, foot - scale * 0.46, scale * 0.2, '#0d1116'),
  )
  return [
    renderElement('clipPath', { id }, renderPath(pane, {})),
    renderPath(pane, { fill: 'url(#glass)' }),
    renderGroup(
      { 'clip-path': `url(#${id})` },
      renderGroup({ opacity: 0.6 }, inside),
      renderPath(`M ${center - 90} 60 l 130 0 l -200 460 l -130 0 Z`, {
        fill: '#ffffff',
        'fill-opacity': 0.12,
      }),
      renderPath(`M ${center + 66} 60 l 34 0 l -200 460 l -34 0 Z`, {
        fill: '#ffffff',
        'fill-opacity': 0.12,
      }),
      renderPath(`M ${center + 230} 60 l 120 0 l -200 460 l -120 0 Z`, {
        fill: '#ffffff',
        'fill-opacity': 0.07,
      }),
    ),
    renderPath(pane, {
      fill: 'none',
      stroke: '#121518',
      'stroke-width': 7,
      'stroke-linejoin': 'round',
    }),
  ].join('')
}

/** Draws the cockpit of an open car: the seats in front of or behind the windshield frame. */
export const drawCockpit = (shape: EndShape, finish: Finish, seats: string): string => {
  const { roof, roofHalf, cowl, cowlHalf, scale } = shape
  const frame = buildWindow(shape, cowl + 20, cowlHalf - 4, 0)
  return (
    renderPath(frame, { fill: '#8fa5b7', 'fill-opacity': 0.34 }) +
    mirrorDrawing(drawBackrest(roofHalf * 0.54, roof + scale * 0.09, roofHalf * 0.3, seats)) +
    renderPath(
      `M ${center - roofHalf} ${cowl - 6} L ${center + roofHalf} ${cowl - 6} L
        ` + `${center + cowlHalf} ${cowl + 30} L ${center - cowlHalf} ${cowl + 30} Z`,
      { fill: '#14171b' },
    ) +
    renderPath(frame, {
      fill: 'none',
      stroke: finish.seam,
      'stroke-width': 19,
      'stroke-linejoin': 'round',
    }) +
    renderPath(frame, {
      fill: 'none',
      stroke: finish.base,
      'stroke-width': 12,
      'stroke-linejoin': 'round',
    })
  )
}

/** Draws the door mirrors from the front or, with `glass`, from the rear with their glass. */
export const drawMirrors = (
  { cowl, cowlHalf, scale, classic }: EndShape,
  finish: Finish,
  glass: boolean,
): string => {
  const x = cowlHalf + scale * (classic === undefined ? 0.1 : 0.14)
  const [y, wide, high] = [
    cowl - scale * 0.1,
    scale * 0.13,
    scale * (classic === undefined ? 0.1 : 0.085),
  ]
  const shell =
    `M ${x - wide * 0.5} ${y + high * 0.1} C ${x - wide * 0.5} ${y - high * 0.8}
    ` +
    `${x + wide * 0.8} ${y - high * 0.9} ${x + wide * 0.95} ${y - high * 0.1} C ${x + wide}
      ` +
    `${y + high * 0.6} ${x - wide * 0.2} ${y + high * 0.8} ${x - wide * 0.5} ${y + high * 0.1}
        Z`
  return mirrorDrawing(
    renderPath(
      `M ${cowlHalf + 4} ${cowl - 4} L ${x} ${y + high * 0.2} L ${x + 20} ${y + high * 0.5} L
        ` + `${cowlHalf + 24} ${cowl + 12} Z`,
      { fill: '#16191c' },
    ),
    renderPath(shell, {
      fill: classic === undefined ? finish.base : 'url(#chrome)',
      stroke: finish.seam,
      'stroke-width': 2,
    }),
    glass
      ? renderEllipse(x + wide * 0.24, y - high * 0.02, wide * 0.5, high * 0.38, {
          fill: '#9db2c4',
          stroke: '#15181b',
          'stroke-width': 3,
        })
      : renderEllipse(x + wide * 0.25, y - high * 0.36, wide * 0.46, high * 0.14, {
          fill: '#ffffff',
          'fill-opacity': finish.gloss * 0.6,
        }),
  )
}

/** Draws the roof rails from the end. */
export const drawRoofRails = ({ roof, roofHalf, corner }: EndShape): string =>
  mirrorDrawing(
    renderPath(
      `M ${roofHalf - corner * 1.3} ${roof + 4} C ${roofHalf - corner * 1.26} ${roof - 14}
        ` + `${roofHalf - corner * 0.86} ${roof - 12} ${roofHalf - corner * 0.74} ${roof + 12} Z`,
      { fill: '#2a2f35' },
    ),
    renderLine(
      `M ${roofHalf - corner * 1.2} ${roof - 6} L ${roofHalf - corner * 0.96} ${roof - 5}`,
      '#aeb5bc',
      4,
    ),
  )
