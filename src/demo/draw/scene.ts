import { computeBrightness, hslToHex, computeHue, mixColors, type Hex } from './color.ts'
import {
  canvas,
  renderElement,
  renderEllipse,
  renderLinearGradient,
  renderRect,
  renderStops,
} from './svg.ts'

/** The colors of the studio. */
export type Backdrop = { wall: Hex; floor: Hex; light: Hex }

/**
 * Chooses a studio that contrasts with the car: pale behind dark and vivid paint, mid-toned behind
 * white and silver. A vivid paint gets a wall of the opposite hue (sand if that would be pink or
 * violet), a gray one a cool wall.
 */
export const chooseBackdrop = (paint: Hex): Backdrop => {
  const { hue, saturation } = computeHue(paint)
  const vivid = saturation > 0.3
  const opposite = (hue + 180) % 360
  const wallHue = !vivid ? 212 : opposite > 250 ? 34 : opposite
  if (computeBrightness(paint) > 0.62) {
    const wall = hslToHex(wallHue, vivid ? 0.2 : 0.24, 0.5)
    return {
      wall,
      floor: mixColors(wall, '#10151c', 0.22),
      light: mixColors(wall, '#ffffff', 0.34),
    }
  }
  const wall = hslToHex(wallHue, vivid ? 0.26 : 0.22, 0.8)
  return { wall, floor: mixColors(wall, '#2a3340', 0.16), light: mixColors(wall, '#ffffff', 0.72) }
}

/** Renders the studio's gradients. */
export const renderStudioGradients = ({ wall, floor, light }: Backdrop): string => {
  const horizon = mixColors(wall, light, 0.55)
  const near = mixColors(floor, light, 0.22)
  return [
    renderElement(
      'radialGradient',
      { id: 'wall', gradientUnits: 'userSpaceOnUse', cx: 800, cy: 600, r: 1000 },
      ...renderStops([
        `0 ${mixColors(wall, light, 0.85)}`,
        `0.35 ${horizon}`,
        `0.7 ${wall}`,
        `1 ${mixColors(wall, '#10151c', 0.12)}`,
      ]),
    ),
    renderLinearGradient(
      'floor',
      [0, 640],
      [0, canvas.height],
      `0 ${horizon} 0`,
      `0.16 ${mixColors(floor, light, 0.35)}`,
      `0.5 ${near}`,
      `1 ${mixColors(floor, '#10151c', 0.18)}`,
    ),
    renderLinearGradient(
      'fade',
      [0, canvas.ground],
      [0, canvas.ground + 200],
      `0 ${mixColors(floor, light, 0.3)} 0.5`,
      `1 ${near} 1`,
    ),
  ].join('')
}

/** Draws the wall, brightest behind the car, and the floor. */
export const drawStudio = (): string =>
  renderRect(0, 0, canvas.width, canvas.height, { fill: 'url(#wall)' }) +
  renderRect(0, 640, canvas.width, canvas.height - 640, { fill: 'url(#floor)' })

/**
 * Draws the reflection of the car in the polished floor: upside down, fading with depth. `car` is
 * the ID of the drawn group.
 */
export const drawReflection = (car: string): string =>
  renderElement('use', {
    href: `#${car}`,
    opacity: 0.42,
    transform: `translate(0 ${canvas.ground * 2}) scale(1 -1)`,
  }) +
  renderRect(0, canvas.ground, canvas.width, canvas.height - canvas.ground, { fill: 'url(#fade)' })

/**
 * Draws the soft shadow under a car from `left` to `right`, darkest at `tyres`, which are the
 * centers of the tires.
 */
export const drawShadow = (
  left: number,
  right: number,
  tyres: readonly number[],
  spread: number,
): string =>
  renderEllipse((left + right) / 2, canvas.ground + 4, (right - left) / 2 + 50, 34, {
    fill: 'url(#shadow)',
    opacity: 0.75,
  }) +
  tyres
    .map((x) => renderEllipse(x, canvas.ground + 1, spread, 13, { fill: 'url(#shadow)' }))
    .join('')
