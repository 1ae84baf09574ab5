import { canvas, renderGroup, renderLine, renderRect } from './svg.ts'

/** The word as strokes on a grid ten units high, so that no font has to be installed. */
const letters: readonly string[] = [
  'M 0 0 L 0 10 L 3 10 C 8 10 8 0 3 0 Z',
  'M 6 0 L 0 0 L 0 10 L 6 10 M 0 5 L 5 5',
  'M 0 10 L 0 0 L 4 6 L 8 0 L 8 10',
  'M 4 0 C -1.4 0 -1.4 10 4 10 C 9.4 10 9.4 0 4 0 Z',
]
const starts = [0, 10.5, 20, 31.5] as const

/**
 * Draws a license plate with the text DEMO, 12 by 6 inches, with its center at `y` on the center
 * line; `scale` is in pixels per meter.
 */
export const drawPlate = (y: number, scale: number): string => {
  const [width, height] = [0.305 * scale, 0.152 * scale]
  const size = (width * 0.74) / 40
  const lettering = letters
    .map((letter, at) =>
      renderLine(letter, '#1f3a68', 2, { transform: `translate(${starts[at] ?? 0} 0)` }),
    )
    .join('')
  return (
    renderRect(canvas.width / 2 - width / 2, y - height / 2, width, height, {
      rx: 7,
      fill: '#f7f6f1',
      stroke: '#565d64',
      'stroke-width': 2.5,
    }) +
    renderRect(canvas.width / 2 - width / 2 + 5, y - height / 2 + 4, width - 10, height * 0.15, {
      rx: 3,
      fill: '#3d68a8',
      'fill-opacity': 0.85,
    }) +
    renderGroup(
      { transform: `translate(${canvas.width / 2 - 20 * size} ${y - 3.4 * size}) scale(${size})` },
      lettering,
    )
  )
}
