/** The formats of the sizes of a photo, the smaller files first. */
export const SIZE_FORMATS = ['avif', 'webp'] as const
export type SizeFormat = (typeof SIZE_FORMATS)[number]

/** The widths in pixels in which photos are stored, as far as a photo is wide enough. */
const WIDTHS = [320, 640, 960, 1280, 1920] as const

/** One stored size of a photo: pixels, and where its bytes are. */
export type PhotoSize = {
  width: number
  height: number
  format: SizeFormat
  storageKey: string
}

/** The folder of the storage that has the sizes. */
export const SIZES_FOLDER = 'sizes/'

/** The path of the sizes, below the public origin. */
const SIZES_PATH = '/api/media/sizes/'

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const NAME = new RegExp(`^${UUID}-\\d{1,4}w\\.(?:avif|webp)$`)

/** The widths in which to store a photo: never wider than itself, and its own width as the last. */
export function chooseWidths(photoWidth: number): number[] {
  const last = Math.min(photoWidth, WIDTHS.at(-1) ?? photoWidth)
  return [...WIDTHS.filter((width) => width < last), last]
}

/**
 * The key of a size in the storage. The bytes of a photo never change, so those of its sizes are
 * always the same, and a repeated job stores them under the same key.
 */
export const buildSizeKey = (filename: string, width: number, format: SizeFormat): string =>
  `${SIZES_FOLDER}${filename.replace(/\.[a-z0-9]+$/, '')}-${width}w.${format}`

/** Whether a name is one that Forecourt gives to the sizes of photos. */
export const isSizeName = (name: string): boolean => NAME.test(name)

/** The public URL of a stored size. */
export const buildSizeUrl = (origin: string, storageKey: string): string =>
  `${origin}${SIZES_PATH}${storageKey.slice(SIZES_FOLDER.length)}`

/**
 * The `srcset` of each format, as HTML takes it: `https://… 320w, https://… 640w`. Null if the
 * photo has no sizes.
 */
export function buildSrcset(
  origin: string,
  sizes: readonly PhotoSize[],
): Record<SizeFormat, string> | null {
  if (sizes.length === 0) return null
  const list = (format: SizeFormat) =>
    sizes
      .filter((size) => size.format === format)
      .toSorted((one, other) => one.width - other.width)
      .map(({ width, storageKey }) => `${buildSizeUrl(origin, storageKey)} ${width}w`)
      .join(', ')
  return { avif: list('avif'), webp: list('webp') }
}
