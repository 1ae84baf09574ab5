import type { EndShape } from './end-shape.ts'
import { renderCircle, renderLine, renderPath, renderRect } from './svg.ts'
import { mirrorDrawing } from './symmetric.ts'

const housing = {
  fill: '#1d242b',
  stroke: '#14181c',
  'stroke-width': 3,
  'stroke-linejoin': 'round',
} as const

const slim = ({ half, brow, scale }: EndShape): string => {
  const [inner, outer] = [half * 0.5, half * 0.97]
  const high = scale * 0.13
  const shape =
    `M ${inner} ${brow + high * 0.36} L ${outer - 40} ${brow - high * 0.28} C
    ${outer - 8}
      ` +
    `${brow - high * 0.4} ${outer + 4} ${brow - high * 0.1} ${outer}
      ${brow + high * 0.42} L
        ` +
    `${half * 0.9} ${brow + high * 0.62} L ${half * 0.56}
        ${brow + high} Z`
  return mirrorDrawing(
    renderPath(shape, housing),
    renderCircle(half * 0.68, brow + high * 0.44, high * 0.25, {
      fill: 'url(#lamp)',
      stroke: '#596673',
      'stroke-width': 2,
    }),
    renderCircle(half * 0.82, brow + high * 0.28, high * 0.25, {
      fill: 'url(#lamp)',
      stroke: '#596673',
      'stroke-width': 2,
    }),
    renderLine(
      `M ${half * 0.57} ${brow + high * 0.88} L ${half * 0.895} ${brow + high * 0.52} L
        ` + `${outer - 6} ${brow + high * 0.32}`,
      '#ffffff',
      6,
    ),
  )
}

const block = ({ half, brow, scale }: EndShape): string => {
  const [left, high] = [half * 0.58, scale * 0.21]
  const wide = half * 0.4
  return mirrorDrawing(
    renderRect(left, brow + 4, wide, high, { rx: 14, ...housing }),
    renderRect(left + 9, brow + 13, wide - 18, high - 18, {
      rx: 9,
      fill: 'none',
      stroke: '#f4f8fb',
      'stroke-width': 6,
    }),
    renderRect(left + 24, brow + 27, wide - 48, high - 46, { rx: 7, fill: 'url(#lamp)' }),
    renderLine(
      `M ${left + wide / 2} ${brow + 27} L ${left + wide / 2} ${brow + high - 20}`,
      '#6d7a86',
      4,
    ),
  )
}

const round = ({ half, brow, scale, classic }: EndShape): string => {
  const x = classic === 'wings' ? half - 92 : half * 0.78
  const y = classic === 'wings' ? brow + scale * 0.11 : brow + scale * 0.13
  const radius = scale * (classic === 'wings' ? 0.12 : 0.1)
  return mirrorDrawing(
    renderCircle(x, y, radius + 9, { fill: 'url(#chrome)', stroke: '#646b72', 'stroke-width': 2 }),
    renderCircle(x, y, radius, { fill: 'url(#dome)', stroke: '#7b838b', 'stroke-width': 2 }),
    ...[-0.5, 0, 0.5].map((share) =>
      renderLine(
        `M ${x + radius * share} ${y - radius * 0.8} L ${x + radius * share} ${y + radius * 0.8}`,
        '#9aa6b1',
        2,
        {
          'stroke-opacity': 0.6,
        },
      ),
    ),
    renderCircle(x - radius * 0.3, y - radius * 0.34, radius * 0.22, { fill: '#ffffff' }),
  )
}

/** Both headlamps. */
export const drawHeadlamps = (shape: EndShape): string =>
  ({ slim, block, round })[shape.lamps](shape)
