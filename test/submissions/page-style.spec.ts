import { expect, it } from '@jest/globals'
import { PAGE_STYLE } from '../../src/submissions/domain/page-style.ts'

/** The colors of a scheme by their names: the first block is the light one. */
const readColors = (scheme: 'light' | 'dark') => {
  const block = PAGE_STYLE.split('prefers-color-scheme: dark')[scheme === 'light' ? 0 : 1] ?? ''
  const found = block.matchAll(/--([\w-]+): #([\da-f]{3,6})/g)
  return Object.fromEntries([...found].map(([, name = '', hex = '']) => [name, hex]))
}

/** The relative luminance of a color. (WCAG 2.2) */
function computeLuminance(hex: string): number {
  const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const value = Number.parseInt(full.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function computeContrast(one = '', other = ''): number {
  const [dark = 0, light = 0] = [one, other].map(computeLuminance).toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

it.each(['light', 'dark'] as const)('text can be read in the %s scheme (WCAG 2.2 AA)', (scheme) => {
  const colors = readColors(scheme)
  const pairs = [
    ['text', 'card'],
    ['text', 'background'],
    ['text', 'soft'],
    ['quiet', 'card'],
    ['quiet', 'background'],
    ['danger', 'card'],
    ['on-accent', 'accent'],
    ['accent', 'card'],
  ] as const
  const weak = pairs.filter(([front, back]) => computeContrast(colors[front], colors[back]) < 4.5)
  expect(weak).toEqual([])
})
