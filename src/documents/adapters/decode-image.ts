import type { Sharp, SharpOptions } from 'sharp'
import { loadSharp } from '../../uploads/lazy-sharp.ts'
import type { ImageType } from '../domain/file-types.ts'
import type { HeicDecoder } from './heic/heic-decoder.ts'

/** A picture that browsers can show: without metadata, upright, and not larger than a screen. */
export type Preview = { bytes: Buffer; extension: 'jpg' | 'webp' }

/** The decoded image as a preview, or why there is none; the message continues "The image …". */
export type DecodedImage = { preview: Preview } | { problem: string }

/** The maximum number of pixels: what an image takes in memory while it is decoded. */
const MAX_PIXELS = 50_000_000
const MAX_SIDE = 1920
const QUALITY = 82

const PREVIEWS = {
  'image/jpeg': 'jpg',
  'image/heic': 'jpg',
  'image/png': 'webp',
  'image/webp': 'webp',
} as const satisfies Readonly<Record<ImageType, Preview['extension']>>

/**
 * Decodes every pixel of an image and encodes them again, so that the preview has nothing else: not
 * the place where a photo was taken, and no other file.
 */
export async function decodeImage(
  bytes: Buffer,
  type: ImageType,
  heic: HeicDecoder,
  quality = QUALITY,
): Promise<DecodedImage> {
  const opened = type === 'image/heic' ? await openHeic(bytes, heic) : openImage(bytes)
  if ('problem' in opened) return opened
  try {
    return { preview: await encodePreview(opened, PREVIEWS[type], quality) }
  } catch (error) {
    return { problem: describeFailure(error) }
  }
}

const OPTIONS = { limitInputPixels: MAX_PIXELS, failOn: 'error' } as const satisfies SharpOptions

const openImage = (bytes: Buffer): Sharp => loadSharp()(bytes, OPTIONS).autoOrient()

async function openHeic(bytes: Buffer, heic: HeicDecoder): Promise<Sharp | { problem: string }> {
  const result = await heic.decode(bytes, { maxPixels: MAX_PIXELS })
  if ('pixelCount' in result) return { problem: describePixels(result.pixelCount) }
  if ('problem' in result) return { problem: DAMAGED }
  const { width, height, pixels } = result
  return loadSharp()(pixels, { raw: { width, height, channels: 4 } })
}

async function encodePreview(
  image: Sharp,
  extension: Preview['extension'],
  quality: number,
): Promise<Preview> {
  const small = image.resize({
    width: MAX_SIDE,
    height: MAX_SIDE,
    fit: 'inside',
    withoutEnlargement: true,
  })
  const encoded =
    extension === 'jpg'
      ? small.flatten({ background: 'white' }).jpeg({ quality })
      : small.webp({ quality })
  return { bytes: await encoded.toBuffer(), extension }
}

const DAMAGED = 'cannot be decoded. It is damaged or incomplete'
const describePixels = (count: number) =>
  `has ${Math.ceil(count / 1_000_000)} million pixels; the limit is ${MAX_PIXELS / 1_000_000}`

const describeFailure = (error: unknown): string =>
  error instanceof Error && /pixel limit/i.test(error.message)
    ? `has too many pixels; the limit is ${MAX_PIXELS / 1_000_000} million`
    : DAMAGED
