import type { Sharp, SharpOptions } from 'sharp'
import { loadSharp } from '../../uploads/lazy-sharp.ts'
import { chooseWidths, SIZE_FORMATS, type SizeFormat } from '../domain/photo-sizes.ts'

/** A size of a photo before it is stored. */
export type EncodedSize = {
  width: number
  height: number
  format: SizeFormat
  bytes: Buffer
}

/**
 * The settings of the encoders, measured on the demo photos (decision 74): AVIF of
 * quality 50 looks like WebP of 76 and is a quarter smaller. Effort 1 takes 0.2 s for 1,600 pixels
 * on one core; effort 4, the default, takes 1.7 s to save another tenth.
 */
const ENCODERS: Readonly<Record<SizeFormat, (image: Sharp) => Sharp>> = {
  avif: (image) => image.avif({ quality: 50, effort: 1 }),
  webp: (image) => image.webp({ quality: 76 }),
}

const OPTIONS = { limitInputPixels: 50_000_000, failOn: 'error' } as const satisfies SharpOptions

/** A panorama or a strip stays within this, too: WebP has no picture higher than 16,383 pixels. */
const PLACEHOLDER_FRAME = { width: 16, height: 32, fit: 'inside' } as const

/**
 * Encodes a photo in every width and format, one after the other, so that a job never uses more
 * than one encoder. Throws if the photo cannot be decoded, and the reason of `signal`.
 */
export async function* encodeSizes(
  photo: Buffer,
  photoWidth: number,
  signal: AbortSignal,
): AsyncGenerator<EncodedSize> {
  const sharp = loadSharp()
  for (const width of chooseWidths(photoWidth))
    for (const format of SIZE_FORMATS) {
      signal.throwIfAborted()
      const image = sharp(photo, OPTIONS).resize({ width, withoutEnlargement: true })
      const { data, info } = await ENCODERS[format](image).toBuffer({ resolveWithObject: true })
      yield { width: info.width, height: info.height, format, bytes: data }
    }
}

/** The width of a photo in pixels. Throws if it cannot be decoded. */
export async function readWidth(photo: Buffer): Promise<number> {
  const { width } = await loadSharp()(photo, OPTIONS).metadata()
  return width
}

/** A photo as a picture of 16 pixels in a data URL, to show until the photo is loaded. */
export async function encodePlaceholder(photo: Buffer): Promise<string> {
  const bytes = await loadSharp()(photo, OPTIONS)
    .resize(PLACEHOLDER_FRAME)
    .webp({ quality: 40 })
    .toBuffer()
  return `data:image/webp;base64,${bytes.toString('base64')}`
}
