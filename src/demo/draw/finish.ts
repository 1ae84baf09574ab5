import { computeBrightness, darkenColor, lightenColor, mixColors, type Hex } from './color.ts'

/** One paint under every light. */
export type Finish = {
  base: Hex
  /** Surfaces that face the lamps: roof, hood, shoulder. */
  lit: Hex
  /** Surfaces that face the floor: lower doors, bumpers. */
  shade: Hex
  deep: Hex
  /** Panel gaps. */
  seam: Hex
  /** The strength of highlights, 0..1; weaker on light paint. */
  gloss: number
}

/**
 * Computes the finish of a paint. White is shaded toward blue-gray and black is lit toward slate,
 * so that the shape stays visible.
 */
export const computeFinish = (base: Hex): Finish => {
  const bright = computeBrightness(base)
  const dark = bright < 0.16
  return {
    base,
    lit: dark ? mixColors(base, '#8793a3', 0.5) : lightenColor(base, bright > 0.75 ? 0.7 : 0.36),
    shade: bright > 0.75 ? mixColors(base, '#53606f', 0.4) : darkenColor(base, dark ? 0.45 : 0.36),
    deep: bright > 0.75 ? mixColors(base, '#3a4450', 0.68) : darkenColor(base, 0.62),
    seam: bright > 0.75 ? '#454d58' : darkenColor(base, 0.72),
    gloss: bright > 0.75 ? 0.9 : dark ? 0.42 : 0.55,
  }
}
