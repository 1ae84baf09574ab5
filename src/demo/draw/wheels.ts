import { renderCircle, renderElement, renderGroup, renderPath } from './svg.ts'

/**
 * The design of a wheel. `steel` is a van's wheel, `cap` a chrome hubcap with a whitewall tire,
 * `mag` has the five thick spokes of the sixties.
 */
export type WheelStyle =
  'five' | 'twin' | 'ten' | 'fork' | 'truck' | 'aero' | 'steel' | 'cap' | 'mag'

type Open = Exclude<WheelStyle, 'aero' | 'steel' | 'cap'>

/**
 * One spoke of each design, pointing up, on a wheel of radius 100; `groove` is the darker channel
 * milled into it.
 */
const spoke: Readonly<Record<Open, { count: number; shape: string; groove?: string }>> = {
  five: {
    count: 5,
    shape: 'M -9 -10 C -9 -34 -11 -54 -17 -71 L 17 -71 C 11 -54 9 -34 9 -10 Z',
    groove: 'M 0 -22 L -6 -64 L 6 -64 Z',
  },
  twin: {
    count: 5,
    shape: 'M -9 -10 L -20 -71 L -9 -71 L -2.5 -12 Z M 9 -10 L 20 -71 L 9 -71 L 2.5 -12 Z',
  },
  ten: { count: 10, shape: 'M -5 -10 L -5.5 -71 L 5.5 -71 L 5 -10 Z' },
  fork: {
    count: 7,
    shape: 'M -5 -10 L -4.5 -38 L -15 -71 L -8 -71 L 0 -46 L 8 -71 L 15 -71 L 4.5 -38 L 5 -10 Z',
  },
  truck: {
    count: 6,
    shape: 'M -11 -12 L -8 -40 L -17 -71 L 17 -71 L 8 -40 L 11 -12 Z',
    groove: 'M 0 -34 L -8 -68 L 8 -68 Z',
  },
  mag: {
    count: 5,
    shape: 'M -10 -10 C -13 -30 -15 -46 -15 -60 L 15 -60 C 15 -46 13 -30 10 -10 Z',
    groove: 'M 0 -24 L -5 -54 L 5 -54 Z',
  },
}

const repeatAround = (count: number, shape: string, fill: string): string[] =>
  Array.from({ length: count }, (_, index) =>
    renderPath(shape, {
      fill,
      transform: `rotate(${(index * 360) / count})`,
      stroke: '#3b4046',
      'stroke-width': 0.8,
    }),
  )

const studs = (count: number, radius: number, fill: string): string[] =>
  Array.from({ length: count }, (_, index) => {
    const angle = ((index + 0.5) * 2 * Math.PI) / count
    return renderCircle(Math.sin(angle) * radius, -Math.cos(angle) * radius, 2.1, { fill })
  })

const drawTire = (): string =>
  renderCircle(0, 0, 100, { fill: 'url(#tyre)' }) +
  renderCircle(0, 0, 95, {
    fill: 'none',
    stroke: '#3a3e44',
    'stroke-width': 1.4,
    'stroke-opacity': 0.75,
  }) +
  renderCircle(0, 0, 82, { fill: 'none', stroke: '#0b0c0e', 'stroke-width': 3 })

const brake = (): string =>
  renderCircle(0, 0, 47, { fill: 'url(#disc)' }) +
  renderCircle(0, 0, 47, { fill: 'none', stroke: '#43484e', 'stroke-width': 2 }) +
  renderCircle(0, 0, 20, { fill: '#4a4f55' })

const drawHub = (): string =>
  [
    renderCircle(0, 0, 15, { fill: 'url(#alloy)' }),
    ...studs(5, 10.4, '#4a4f56'),
    renderCircle(0, 0, 6.5, { fill: '#2c3036' }),
  ].join('')

const lip = (radius: number, width: number, alloy = 'url(#alloy)'): string =>
  renderCircle(0, 0, radius, { fill: 'none', stroke: alloy, 'stroke-width': width })

const open = (style: Open, alloy: string): string => {
  const { count, shape, groove } = spoke[style]
  return [
    renderCircle(0, 0, 76, { fill: 'url(#barrel)' }),
    brake(),
    ...repeatAround(count, shape, alloy),
    ...(groove === undefined ? [] : repeatAround(count, groove, '#3d434a')),
    lip(73, 5, alloy),
    drawHub(),
  ].join('')
}

const aero = (): string =>
  renderCircle(0, 0, 76, { fill: 'url(#alloy)' }) +
  repeatAround(5, 'M -8 -66 C -16 -56 -17 -42 -10 -26 C -6 -40 -2 -54 12 -66 Z', '#2b2f35').join(
    '',
  ) +
  repeatAround(5, 'M 20 -64 C 25 -58 27 -48 24 -38 C 21 -48 19 -56 20 -64 Z', '#2b2f35').join('') +
  lip(73, 4) +
  renderCircle(0, 0, 12, { fill: '#3a3f46' })

const steel = (): string =>
  renderCircle(0, 0, 70, { fill: '#5b6067' }) +
  renderCircle(0, 0, 70, { fill: 'none', stroke: '#8a9097', 'stroke-width': 5 }) +
  renderCircle(0, 0, 44, { fill: '#6d737a', stroke: '#4a4f55', 'stroke-width': 3 }) +
  Array.from({ length: 10 }, (_, index) =>
    renderElement('ellipse', {
      cx: 0,
      cy: -56,
      rx: 5.5,
      ry: 7.5,
      fill: '#1a1c1f',
      transform: `rotate(${index * 36})`,
    }),
  ).join('') +
  renderCircle(0, 0, 19, { fill: 'url(#alloy)' })

const cap = (): string =>
  renderCircle(0, 0, 86, { fill: '#f2efe6' }) +
  renderCircle(0, 0, 66, { fill: '#131518' }) +
  renderCircle(0, 0, 62, { fill: 'url(#alloy)' }) +
  renderCircle(0, 0, 52, { fill: 'none', stroke: '#7c828a', 'stroke-width': 2.5 }) +
  renderCircle(0, 0, 34, { fill: 'url(#dome)', stroke: '#8d939b', 'stroke-width': 1.5 })

const mag = (): string =>
  renderCircle(0, 0, 67, { fill: '#1a1c1f' }) +
  repeatAround(5, spoke.mag.shape, 'url(#alloy)').join('') +
  lip(63, 9) +
  drawHub()

const faces: Readonly<Record<WheelStyle, (alloy: string) => string>> = {
  five: (alloy) => open('five', alloy),
  twin: (alloy) => open('twin', alloy),
  ten: (alloy) => open('ten', alloy),
  fork: (alloy) => open('fork', alloy),
  truck: (alloy) => open('truck', alloy),
  aero,
  steel,
  cap,
  mag,
}

/** The wheel of a car: its design, and whether an alloy one is painted dark. */
export type Wheel = { style: WheelStyle; dark: boolean }

/**
 * Draws a wheel from the side, centered at `x` and `y`; `radius` includes the tire. The scene
 * defines the gradients.
 */
export const drawWheel = ({ style, dark }: Wheel, x: number, y: number, radius: number): string =>
  renderGroup(
    { transform: `translate(${x} ${y}) scale(${radius / 100})` },
    drawTire(),
    faces[style](dark ? 'url(#gunmetal)' : 'url(#alloy)'),
  )
