/** A color as `#rrggbb`. */
export type Hex = string

type Rgb = readonly [red: number, green: number, blue: number]

const parseHex = (hex: Hex): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

const formatHex = (rgb: Rgb): Hex =>
  `#${rgb.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`

/** Mixes `from` with `to`; `share` (0..1) is the share of `to`. */
export const mixColors = (from: Hex, to: Hex, share: number): Hex => {
  const [a, b] = [parseHex(from), parseHex(to)]
  return formatHex([
    a[0] + (b[0] - a[0]) * share,
    a[1] + (b[1] - a[1]) * share,
    a[2] + (b[2] - a[2]) * share,
  ])
}

export const lightenColor = (hex: Hex, share: number): Hex => mixColors(hex, '#ffffff', share)
export const darkenColor = (hex: Hex, share: number): Hex => mixColors(hex, '#06080c', share)

/**
 * Computes the perceived brightness of a color, 0 (black) to 1 (white): Rec. 709 weights on the
 * unlinearized sRGB values.
 */
export const computeBrightness = (hex: Hex): number => {
  const [red, green, blue] = parseHex(hex)
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255
}

/**
 * Computes the hue in degrees and the saturation 0..1 (HSV, so that dark colors keep their
 * saturation).
 */
export const computeHue = (hex: Hex): { hue: number; saturation: number } => {
  const [red, green, blue] = parseHex(hex)
  const max = Math.max(red, green, blue)
  const span = max - Math.min(red, green, blue)
  if (span === 0) return { hue: 0, saturation: 0 }
  const sector =
    max === red
      ? (green - blue) / span
      : max === green
        ? (blue - red) / span + 2
        : (red - green) / span + 4
  return { hue: (sector * 60 + 360) % 360, saturation: span / max }
}

/** Converts hue (degrees), saturation and lightness (both 0..1) to a color. */
export const hslToHex = (hue: number, saturation: number, lightness: number): Hex => {
  const reach = saturation * Math.min(lightness, 1 - lightness)
  const channel = (offset: number): number => {
    const k = (offset + hue / 30) % 12
    return 255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1)))
  }
  return formatHex([channel(0), channel(8), channel(4)])
}
