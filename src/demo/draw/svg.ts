/** The picture's size in pixels, and where the tyres touch the floor. */
export const canvas = { width: 1600, height: 1067, ground: 800 } as const

export type Point = readonly [x: number, y: number]

/** Attributes as SVG writes them; a missing one is left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>

const attributes = (given: Attributes): string =>
  Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('')

/** One element; `inside` makes it a container. */
export const element = (name: string, given: Attributes, ...inside: readonly string[]): string =>
  inside.length === 0 ? `<${name}${attributes(given)}/>` : `<${name}${attributes(given)}>${inside.join('')}</${name}>`

export const group = (given: Attributes, ...inside: readonly string[]): string => element('g', given, ...inside, '')
export const path = (d: string, given: Attributes): string => element('path', { d, ...given })
export const circle = (cx: number, cy: number, r: number, given: Attributes): string => element('circle', { cx, cy, r, ...given })
export const ellipse = (cx: number, cy: number, rx: number, ry: number, given: Attributes): string =>
  element('ellipse', { cx, cy, rx, ry, ...given })

export const rect = (x: number, y: number, width: number, height: number, given: Attributes): string =>
  element('rect', { x, y, width, height, ...given })

/** A stroke without a fill: a crease, a shut line, a bar. */
export const line = (d: string, stroke: string, width: number, given: Attributes = {}): string =>
  path(d, { fill: 'none', stroke, 'stroke-width': width, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', ...given })

/** Gradient stops, each written `offset colour` or `offset colour opacity`, the offset from 0 to 1. */
export const stops = (given: readonly string[]): string[] =>
  given.map((stop) => {
    const [offset, colour, opacity] = stop.split(' ')
    return element('stop', { offset, 'stop-color': colour, 'stop-opacity': opacity })
  })

/** A gradient from one point of the canvas to another; for the stops see `stops`. */
export const linear = (id: string, [x1, y1]: Point, [x2, y2]: Point, ...given: readonly string[]): string =>
  element('linearGradient', { id, gradientUnits: 'userSpaceOnUse', x1, y1, x2, y2 }, ...stops(given))

/** A gradient from the top to the bottom of whatever it fills. */
export const downwards = (id: string, ...given: readonly string[]): string =>
  element('linearGradient', { id, x1: 0, y1: 0, x2: 0, y2: 1 }, ...stops(given))

/** A gradient outwards from the centre of whatever it fills. */
export const radial = (id: string, ...given: readonly string[]): string => element('radialGradient', { id }, ...stops(given))
