import type { EndShape } from './end-shape.ts'
import { renderCircle, renderLine, renderPath, renderRect } from './svg.ts'
import { mirrorDrawing } from './symmetric.ts'

const red = {
  fill: 'url(#tail)',
  stroke: '#4a0a0d',
  'stroke-width': 3,
  'stroke-linejoin': 'round',
} as const

/** Draws low, wide lamps that extend into the lid. */
const wide = ({ half, deck, scale }: EndShape): string => {
  const top = deck + scale * 0.14
  const high = scale * 0.15
  return mirrorDrawing(
    renderPath(
      `M ${half * 0.42} ${top + high * 0.3} L ${half * 0.86} ${top - high * 0.1} C
        ` +
        `${half * 0.96} ${top - high * 0.2} ${half * 0.995} ${top + high * 0.2} ${half * 0.99}
          ` +
        `${top + high * 0.9} L ${half * 0.66} ${top + high} L ${half * 0.46}
            ` +
        `${top + high * 0.74} Z`,
      red,
    ),
    renderLine(
      `M ${half * 0.5} ${top + high * 0.54} L ${half * 0.9} ${top + high * 0.24} L
        ` + `${half * 0.93} ${top + high * 0.68}`,
      '#ffb3a6',
      6,
    ),
    renderRect(half * 0.55, top + high * 0.62, half * 0.16, high * 0.2, { rx: 4, fill: '#fbeeee' }),
  )
}

/** Draws lamps next to the tailgate, with a lower end that reaches into it. */
const hooked = ({ half, deck, scale }: EndShape): string => {
  const top = deck - scale * 0.02
  const high = scale * 0.3
  return mirrorDrawing(
    renderPath(
      `M ${half * 0.82} ${top} L ${half * 0.92} ${top} C ${half * 0.98} ${top + high * 0.3}
        ` +
        `${half} ${top + high * 0.6} ${half * 0.995} ${top + high} L ${half * 0.5}
          ` +
        `${top + high * 0.94} L ${half * 0.54} ${top + high * 0.6} L ${half * 0.78}
            ` +
        `${top + high * 0.56} Z`,
      red,
    ),
    renderLine(
      `M ${half * 0.87} ${top + high * 0.14} L ${half * 0.87} ${top + high * 0.72} L
        ` + `${half * 0.58} ${top + high * 0.76}`,
      '#ffb3a6',
      6,
    ),
    renderRect(half * 0.62, top + high * 0.82, half * 0.15, high * 0.08, {
      rx: 3,
      fill: '#fbeeee',
    }),
  )
}

const upright = ({ half, deck, scale }: EndShape): string => {
  const [top, high, left, width] = [deck + 2, scale * 0.44, half * 0.83, half * 0.13]
  return mirrorDrawing(
    renderRect(left, top, width, high, { rx: 9, ...red }),
    renderRect(left + 7, top + high * 0.06, width - 14, high * 0.3, {
      rx: 5,
      fill: '#ff9386',
      'fill-opacity': 0.8,
    }),
    renderRect(left + 6, top + high * 0.46, width - 12, high * 0.16, { rx: 4, fill: '#fbeeee' }),
  )
}

const slabs = ({ half, deck, scale }: EndShape): string =>
  mirrorDrawing(
    ...[0.58, 0.7, 0.82].map((share) =>
      renderRect(half * share, deck + scale * 0.16, half * 0.085, scale * 0.22, {
        rx: 7,
        ...red,
        stroke: 'url(#chrome)',
        'stroke-width': 6,
      }),
    ),
  )

const drops = ({ half, brow, scale }: EndShape): string =>
  mirrorDrawing(
    renderCircle(half - 84, brow + scale * 0.16, scale * 0.075, {
      fill: 'url(#tail)',
      stroke: 'url(#chrome)',
      'stroke-width': 9,
    }),
    renderCircle(half - 84, brow + scale * 0.16, scale * 0.03, { fill: '#ffb3a6' }),
  )

/** Draws both rear lamps, in the shape that suits the body. */
export const drawTaillamps = (shape: EndShape): string => {
  if (shape.classic === 'wings') return drops(shape)
  if (shape.lamps === 'block' || shape.back === 'flap' || shape.back === 'doors')
    return upright(shape)
  if (shape.classic === 'bumpers') return slabs(shape)
  return shape.back === 'tailgate' ? hooked(shape) : wide(shape)
}
