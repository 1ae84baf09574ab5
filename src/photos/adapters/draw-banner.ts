import { createRequire } from 'node:module'
import path from 'node:path'
import type { OverlayOptions } from 'sharp'
import { escapeHtml } from '../../domain/escape-html.ts'
import { loadSharp } from '../../uploads/lazy-sharp.ts'

/** What a banner shows. `highlight` may be empty. */
export type BannerContent = {
  photo: Buffer
  price: string
  highlight: string
}

/** Channels take pictures of this width, and JPEG is the format that all of them take. */
const WIDTH = 1280
const QUALITY = 84

/** The heights of a banner: from a panorama of 4 to 1 to twice as high as wide. */
const MIN_HEIGHT = WIDTH / 4
const MAX_HEIGHT = WIDTH * 2

/** The parts of a banner, as shares of its height and of its width. */
const BAR = 0.13
const MARGIN = 0.03
const PRICE_SIZE = 0.5
const HIGHLIGHT_SIZE = 0.34
const SMALLEST_HIGHLIGHT = 0.22

/** White on this blue has a contrast of more than 14 to 1, also over a white photo. */
const BAR_COLOR = { r: 12, g: 28, b: 54, alpha: 0.94 }
const ACCENT_COLOR = { r: 255, g: 193, b: 7, alpha: 1 }
const TEXT_COLOR = '#ffffff'

/**
 * Draws a banner over the lower edge of a photo: the price at its left, and the highlight at its
 * right, smaller or cut if it does not fit. Returns a JPEG without metadata. Throws if the photo
 * cannot be decoded.
 */
export async function drawBanner({ photo, price, highlight }: BannerContent): Promise<Buffer> {
  const sharp = loadSharp()
  const { data, width, height } = await fitPhoto(photo)
  const bar = Math.round(width * BAR)
  const margin = Math.round(width * MARGIN)
  const top = height - bar
  const priceText = await drawText(price, Math.round(bar * PRICE_SIZE))
  const room = width - 3 * margin - priceText.width
  const drawable = removeUndrawable(highlight)
  const highlightText = drawable === '' ? null : await fitText(drawable, bar, room)
  const layers: OverlayOptions[] = [
    { input: buildBox(width, bar, BAR_COLOR), left: 0, top },
    { input: buildBox(width, Math.max(2, Math.round(bar * 0.05)), ACCENT_COLOR), left: 0, top },
    placeText(priceText, margin, top, bar),
  ]
  if (highlightText)
    layers.push(placeText(highlightText, width - margin - highlightText.width, top, bar))
  return sharp(data).composite(layers).jpeg({ quality: QUALITY, mozjpeg: true }).toBuffer()
}

/**
 * The photo in the width of a banner. A strip that is wider or taller than any photo of a car is
 * put on white, so that its banner has room for the bar and is not many thousand pixels high.
 */
async function fitPhoto(photo: Buffer): Promise<{ data: Buffer; width: number; height: number }> {
  const source = loadSharp()(photo, { limitInputPixels: 50_000_000, failOn: 'error' })
  const { width, height } = await source.metadata()
  const scaled = Math.round((WIDTH * height) / width)
  const { data, info } = await source
    .resize({
      width: WIDTH,
      height: Math.min(MAX_HEIGHT, Math.max(MIN_HEIGHT, scaled)),
      fit: scaled < MIN_HEIGHT || scaled > MAX_HEIGHT ? 'contain' : 'fill',
      background: 'white',
    })
    .flatten({ background: 'white' })
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** What the font has no letters for, such as emoji, would be drawn as boxes. */
const PICTURES = /\p{Extended_Pictographic}/gu
const SCRIPTS = ['Latin', 'Greek', 'Cyrillic', 'Common', 'Inherited']
const OTHER_SCRIPTS = new RegExp(
  `[^${SCRIPTS.map((name) => `\\p{Script=${name}}`).join('')}]`,
  'gu',
)

const removeUndrawable = (text: string): string =>
  text.replaceAll(PICTURES, '').replaceAll(OTHER_SCRIPTS, '').replaceAll(/\s+/g, ' ').trim()

type TextImage = {
  bytes: Buffer
  width: number
  height: number
}

const buildBox = (width: number, height: number, background: typeof BAR_COLOR) => ({
  create: { width, height, channels: 4 as const, background },
})

const placeText = ({ bytes, height }: TextImage, left: number, top: number, bar: number) => ({
  input: bytes,
  left,
  top: top + Math.max(0, Math.round((bar - height) / 2)),
})

/** The font comes with Forecourt, so that a banner looks the same on every machine. */
const findFont = (): string =>
  path.join(
    createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json'),
    '../ttf/DejaVuSans-Bold.ttf',
  )

/** Draws a line of text; `size` is the size of the font in pixels. */
async function drawText(text: string, size: number): Promise<TextImage> {
  const { data, info } = await loadSharp()({
    text: {
      text: `<span foreground="${TEXT_COLOR}">${escapeHtml(text)}</span>`,
      font: `DejaVu Sans Bold ${size}`,
      fontfile: findFont(),
      rgba: true,
      dpi: 72,
      wrap: 'none',
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true })
  return { bytes: data, width: info.width, height: info.height }
}

/** Draws a text that is at most `room` pixels wide: smaller, then without its end. */
async function fitText(text: string, bar: number, room: number): Promise<TextImage | null> {
  const full = await drawText(text, Math.round(bar * HIGHLIGHT_SIZE))
  if (full.width <= room) return full
  const scale = Math.max(SMALLEST_HIGHLIGHT, (HIGHLIGHT_SIZE * room) / full.width)
  const size = Math.floor(bar * scale)
  const letters = splitLetters(text)
  for (let count = letters.length; count > 0; count = Math.floor(count * 0.9)) {
    const drawn = await drawText(cutText(letters, count), size)
    if (drawn.width <= room) return drawn
  }
  return null
}

const splitLetters = (text: string): string[] =>
  [...new Intl.Segmenter('en-US', { granularity: 'grapheme' }).segment(text)].map(
    ({ segment }) => segment,
  )

const cutText = (letters: readonly string[], count: number): string =>
  count === letters.length ? letters.join('') : `${letters.slice(0, count).join('').trimEnd()}…`
