import type { Finish } from './finish.ts'
import type { SideShape } from './side-shape.ts'
import {
  canvas,
  renderCircle,
  renderElement,
  renderEllipse,
  renderGroup,
  renderLine,
  renderLinearGradient,
  renderPath,
  renderRect,
  type Point,
} from './svg.ts'
import { drawWheel, type Wheel } from './wheels.ts'

const rubber = '#202327'

const definitions = (shape: SideShape, { lit, base, shade, deep }: Finish): string => {
  const { roof, belt, sill } = shape
  const at = (y: number): number => (y - roof) / (sill + 20 - roof)
  const clips = {
    body: shape.body,
    windows: shape.glass,
    head: shape.headlight,
    back: shape.taillight,
  }
  return [
    renderLinearGradient(
      'paint',
      [0, roof],
      [0, sill + 20],
      `0 ${lit}`,
      `${at(belt) * 0.45} ${base}`,
      `${at(belt - 6)} ${lit}`,
      `${at(belt + 26)} ${base}`,
      `${at(belt + (sill - belt) * 0.62)} ${shade}`,
      `1 ${deep}`,
    ),
    renderLinearGradient(
      'sheen',
      [170, 0],
      [1430, 0],
      '0 #ffffff 0',
      '0.22 #ffffff 0.9',
      '0.6 #ffffff',
      '1 #ffffff 0.5',
    ),
    renderLinearGradient(
      'dim',
      [170, 0],
      [1430, 0],
      `0 ${deep} 0`,
      `0.25 ${deep}`,
      `0.9 ${deep}`,
      `1 ${deep} 0`,
    ),
    ...Object.entries(clips).map(([id, outline]) =>
      renderElement('clipPath', { id }, renderPath(outline, {})),
    ),
  ].join('')
}

/** Draws the light of the studio's lamps on the paint. */
const light = (shape: SideShape, finish: Finish): string => {
  const { gloss } = finish
  return renderGroup(
    { 'clip-path': 'url(#body)' },
    renderLine(shape.crease, 'url(#dim)', 18, {
      'stroke-opacity': 0.26,
      transform: 'translate(0 12)',
    }),
    renderLine(shape.crease, 'url(#sheen)', 10, {
      'stroke-opacity': gloss * 0.35,
      transform: 'translate(0 -5)',
    }),
    renderLine(shape.crease, 'url(#sheen)', 2.6, { 'stroke-opacity': gloss }),
    renderLine(shape.swage, 'url(#sheen)', 15, {
      'stroke-opacity': gloss * 0.13,
      transform: 'translate(0 9)',
    }),
    renderLine(shape.swage, 'url(#dim)', 5, { 'stroke-opacity': 0.4 }),
    renderPath(shape.body, {
      fill: 'none',
      stroke: '#ffffff',
      'stroke-width': 6,
      'stroke-opacity': gloss * 0.42,
    }),
    renderPath(shape.cladding, { fill: rubber }),
  )
}

const arches = ({ axles, radius, arch }: SideShape, finish: Finish): string => {
  const well = radius + arch.gap
  const width = arch.lip === 'plastic' ? 30 : 6
  const y = canvas.ground - radius
  const one = (x: number): string =>
    (arch.lip === 'none'
      ? ''
      : renderCircle(x, y, well + width / 2, {
          fill: arch.lip === 'plastic' ? rubber : finish.deep,
        })) +
    renderCircle(x, y, well, { fill: '#0b0c0e' }) +
    renderRect(x - well, y, well * 2, 140, { fill: '#0b0c0e' })
  return renderGroup({ 'clip-path': 'url(#body)' }, ...axles.map(one))
}

/** Draws a backrest and its head restraint, leaning back. */
const seat = (x: number, foot: number): string =>
  renderPath(
    `M ${x} ${foot} L ${x - 5} ${foot - 58} C ${x - 4} ${foot - 74} ${x + 34} ${foot - 76}
      ` +
      `${x + 40} ${foot - 62} L ${x + 62} ${foot} Z ` +
      `M ${x + 3} ${foot - 78} l -3 -22 c 0 -9 26 -11 29 -3 l 8 22 c 0 7 -32 9 -34 3 Z`,
    { fill: '#0e1217', 'fill-opacity': 0.6 },
  )

const sheen = (x: number, width: number, opacity: number): string =>
  renderPath(`M ${x} 200 l ${width} 0 l -180 420 l ${-width} 0 Z`, {
    fill: '#ffffff',
    'fill-opacity': opacity,
  })

const windows = (shape: SideShape): string => {
  const [front, rear] = shape.axles
  const middle = (front + rear) / 2
  return [
    renderPath(shape.screens, { fill: '#1d262f' }),
    renderPath(shape.glass, { fill: 'url(#glass)' }),
    renderGroup(
      { 'clip-path': 'url(#windows)' },
      ...shape.seats.map((x) => seat(x, shape.belt - 10)),
      sheen(middle + 60, 84, 0.13),
      sheen(middle + 168, 26, 0.13),
      sheen(middle + 330, 100, 0.09),
      renderLine(shape.posts, '#14171b', 15, { 'stroke-linecap': 'butt' }),
    ),
    renderPath(shape.glass, {
      fill: 'none',
      stroke: '#121518',
      'stroke-width': 6,
      'stroke-linejoin': 'round',
    }),
  ].join('')
}

const handle = (x: number, y: number, finish: Finish, metal: string): string =>
  renderRect(x - 25, y - 3, 50, 13, { rx: 6.5, fill: finish.deep, 'fill-opacity': 0.5 }) +
  renderRect(x - 25, y - 7, 50, 10, {
    rx: 5,
    fill: metal,
    stroke: finish.seam,
    'stroke-width': 1.2,
    'stroke-opacity': 0.7,
  })

const roundMirror = ([x, y]: Point): string =>
  renderLine(`M ${x + 4} ${y + 8} l 8 14`, '#8d949b', 6) +
  renderEllipse(x, y - 4, 21, 13, { fill: 'url(#chrome)', stroke: '#646b72', 'stroke-width': 1.5 })

const mirror = ({ mirror: [x, y] }: SideShape, finish: Finish): string =>
  renderPath(`M ${x - 2} ${y + 6} l 18 12 l 18 -2 l -8 -14 Z`, { fill: '#16191c' }) +
  renderPath(
    `M ${x - 20} ${y - 20} c 12 -12 40 -11 48 0 c 5 10 2 24 -7 27 c -16 2 -34 0 -42 -7 c -4
      ` + '-7 -3 -14 1 -20 Z',
    {
      fill: finish.base,
      stroke: finish.seam,
      'stroke-width': 2,
    },
  ) +
  renderEllipse(x + 3, y - 18, 19, 4.5, { fill: '#ffffff', 'fill-opacity': finish.gloss * 0.55 })

/** Draws the lamps: dark housings with a band of light along the upper edge. */
const lamps = ({ headlight, taillight }: SideShape): string =>
  renderPath(headlight, { fill: 'url(#lamp)' }) +
  renderGroup(
    { 'clip-path': 'url(#head)' },
    renderPath(headlight, { fill: '#39434d', transform: 'translate(6 11)' }),
    renderLine(headlight, '#ffffff', 6),
  ) +
  renderPath(headlight, { fill: 'none', stroke: '#22272d', 'stroke-width': 2.5 }) +
  renderPath(taillight, { fill: 'url(#tail)' }) +
  renderGroup(
    { 'clip-path': 'url(#back)' },
    renderLine(taillight, '#ff9a8c', 9, { 'stroke-opacity': 0.75 }),
  ) +
  renderPath(taillight, { fill: 'none', stroke: '#4a0a0d', 'stroke-width': 2.5 })

const seams = (shape: SideShape, finish: Finish): string =>
  shape.seams.map((seam) => renderLine(seam, finish.seam, 2.4, { 'stroke-opacity': 0.75 })).join('')

const fittings = (shape: SideShape, finish: Finish): string =>
  shape.handles
    .map(([x, y]) => handle(x, y, finish, shape.chrome === true ? 'url(#chrome)' : finish.lit))
    .join('') +
  lamps(shape) +
  (shape.chrome === true ? roundMirror(shape.mirror) : mirror(shape, finish))

/** Draws the dark area between and around the wheels, below the paint. */
const underbody = ({ axles, sill }: SideShape): string =>
  renderRect(axles[0] - 130, sill - 34, axles[1] - axles[0] + 260, 50, { rx: 16, fill: '#0b0c0e' })

/** Draws the car from its left side: the definitions and the drawing. */
export const drawSideView = (
  shape: SideShape,
  finish: Finish,
  wheels: Wheel,
): { defs: string; car: string } => ({
  defs: definitions(shape, finish),
  car: [
    underbody(shape),
    shape.behind?.(finish) ?? '',
    renderPath(shape.body, { fill: 'url(#paint)' }),
    shape.stripe?.() ?? '',
    light(shape, finish),
    seams(shape, finish),
    arches(shape, finish),
    windows(shape),
    fittings(shape, finish),
    shape.inFront?.(finish) ?? '',
    ...shape.axles.map((x) => drawWheel(wheels, x, canvas.ground - shape.radius, shape.radius)),
  ].join(''),
})
