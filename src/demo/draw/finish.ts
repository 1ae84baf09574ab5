import { computeBrightness, darkenColor, lightenColor, mixColors, type Hex } from './color.ts'

/** One paint in every light it is seen in. */
export type Finish = {
  base: Hex
  /** Facing the lamps: roof, bonnet, shoulder. */
  lit: Hex
  /** Turned to the floor: lower doors, bumpers. */
  shade: Hex
  deep: Hex
  /** Shut lines. */
  seam: Hex
  /** How strong a highlight may be: 0..1, weaker on light paint. */
  gloss: number
}

/** White shades towards blue-grey and black lights up towards slate: neither may lose its form. */
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
