/** The size of the picture in pixels, and the height at which the tires touch the floor. */
export const canvas = { width: 1600, height: 1067, ground: 800 } as const

export type Point = readonly [x: number, y: number]

/** SVG attributes; undefined ones are omitted. */
export type Attributes = Readonly<Record<string, string | number | undefined>>

const formatAttributes = (attributes: Attributes): string =>
  Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('')

/** Renders one element; `inside` makes it a container. */
export const renderElement = (
  name: string,
  attributes: Attributes,
  ...inside: readonly string[]
): string =>
  inside.length === 0
    ? `<${name}${formatAttributes(attributes)}/>`
    : `<${name}${formatAttributes(attributes)}>${inside.join('')}</${name}>`

export const renderGroup = (attributes: Attributes, ...inside: readonly string[]): string =>
  renderElement('g', attributes, ...inside, '')
export const renderPath = (d: string, attributes: Attributes): string =>
  renderElement('path', { d, ...attributes })
export const renderCircle = (cx: number, cy: number, r: number, attributes: Attributes): string =>
  renderElement('circle', { cx, cy, r, ...attributes })
export const renderEllipse = (
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  attributes: Attributes,
): string => renderElement('ellipse', { cx, cy, rx, ry, ...attributes })

export const renderRect = (
  x: number,
  y: number,
  width: number,
  height: number,
  attributes: Attributes,
): string => renderElement('rect', { x, y, width, height, ...attributes })

/** Renders a stroke without a fill: a crease, a panel gap, a bar. */
export const renderLine = (
  d: string,
  stroke: string,
  width: number,
  attributes: Attributes = {},
): string =>
  renderPath(d, {
    fill: 'none',
    stroke,
    'stroke-width': width,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    ...attributes,
  })

/**
 * Renders gradient stops, each written `offset color` or `offset color opacity`, with the offset
 * from 0 to 1.
 */
export const renderStops = (stops: readonly string[]): string[] =>
  stops.map((stop) => {
    const [offset, color, opacity] = stop.split(' ')
    return renderElement('stop', { offset, 'stop-color': color, 'stop-opacity': opacity })
  })

/** Renders a gradient from one point of the canvas to another; for the stops see `renderStops`. */
export const renderLinearGradient = (
  id: string,
  [x1, y1]: Point,
  [x2, y2]: Point,
  ...stops: readonly string[]
): string =>
  renderElement(
    'linearGradient',
    { id, gradientUnits: 'userSpaceOnUse', x1, y1, x2, y2 },
    ...renderStops(stops),
  )

/** Renders a gradient from the top to the bottom of the shape that it fills. */
export const renderVerticalGradient = (id: string, ...stops: readonly string[]): string =>
  renderElement('linearGradient', { id, x1: 0, y1: 0, x2: 0, y2: 1 }, ...renderStops(stops))

/** Renders a gradient from the center of the shape that it fills outward. */
export const renderRadialGradient = (id: string, ...stops: readonly string[]): string =>
  renderElement('radialGradient', { id }, ...renderStops(stops))
