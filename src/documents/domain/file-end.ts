import { type ImageType, readLatin1, readUint32 } from './file-types.ts'

/**
 * How many segments, chunks or boxes an image may have: many times what programs write. Millions of
 * them fit into a file, and going through those would keep the server from everything else.
 */
export const MAX_PARTS = 100_000
/**
 * How many scans a JPEG may have: programs write up to 20. Each is decoded into all of the pixels,
 * and takes only a few bytes, so a small file with thousands of them would take minutes.
 */
const MAX_SCANS = 50

/** Where an image ends in its file; null if it does not end, or has too many parts. */
export function findImageEnd(bytes: Uint8Array, type: ImageType): number | null {
  if (type === 'image/jpeg') return findJpegEnd(bytes)
  if (type === 'image/png') return findPngEnd(bytes)
  return type === 'image/webp' ? findWebpEnd(bytes) : findHeicEnd(bytes)
}

const MARKER = 0xff
const START_OF_SCAN = 0xda
const END_OF_IMAGE = 0xd9

/** A segment of a JPEG: its marker, and where its content is. */
export type JpegSegment = {
  marker: number
  start: number
  end: number
}

const findJpegEnd = (bytes: Uint8Array): number | null => readJpeg(bytes)?.end ?? null

/**
 * Goes from segment to segment, and through the coded data after each start of a scan. Null for an
 * image that does not end, has too many segments or scans, or has something between segments, which
 * decoders skip in different ways.
 */
export function readJpeg(bytes: Uint8Array): { segments: JpegSegment[]; end: number } | null {
  const segments: JpegSegment[] = []
  let scans = 0
  let at = 2
  while (at + 1 < bytes.length && segments.length < MAX_PARTS && scans <= MAX_SCANS) {
    if (bytes[at] !== MARKER) return null
    while (bytes[at + 1] === MARKER) at += 1
    const marker = bytes[at + 1] ?? 0
    if (marker === 0) return null
    if (marker === END_OF_IMAGE) return { segments, end: at + 2 }
    if (isAlone(marker)) at += 2
    else {
      const start = at + 4
      at += 2 + Math.floor(readUint32(bytes, at + 2) / 65_536)
      segments.push({ marker, start, end: at })
      if (marker !== START_OF_SCAN) continue
      scans += 1
      at = skipCodedData(bytes, at)
    }
  }
  return null
}

/** Markers without a segment: TEM, and the restart markers. */
const isAlone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)

/** The next marker that is not part of the coded data: a stuffed 0xFF, or a restart marker. */
function skipCodedData(bytes: Uint8Array, start: number): number {
  let at = start
  while (at < bytes.length) {
    const next = bytes[at + 1] ?? 0
    const isMarker = bytes[at] === MARKER
    if (isMarker && next !== 0 && next !== MARKER && !isAlone(next)) return at
    at += isMarker && next !== MARKER ? 2 : 1
  }
  return bytes.length
}

function findPngEnd(bytes: Uint8Array): number | null {
  let at = 8
  for (let chunks = 0; at + 12 <= bytes.length && chunks < MAX_PARTS; chunks++) {
    const isLast = readLatin1(bytes, at + 4, at + 8) === 'IEND'
    at += 12 + readUint32(bytes, at)
    if (isLast) return at <= bytes.length ? at : null
  }
  return null
}

/** By the size in its header, which excludes the eight bytes before it, least significant first. */
function findWebpEnd(bytes: Uint8Array): number | null {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(4, 8)
  const size = a + b * 2 ** 8 + c * 2 ** 16 + d * 2 ** 24
  const end = 8 + size + (size % 2)
  return end <= bytes.length ? end : null
}

/** Boxes that follow one another, each with its size; 0 for "to the end of the file". */
function findHeicEnd(bytes: Uint8Array): number | null {
  let at = 0
  for (let boxes = 0; at < bytes.length; boxes++) {
    if (boxes === MAX_PARTS) return null
    const size = readUint32(bytes, at)
    const isBox = /^[\w ]{4}$/.test(readLatin1(bytes, at + 4, at + 8))
    if (!isBox) return at === 0 ? null : at
    if (size === 0) return bytes.length
    const whole =
      size === 1 ? readUint32(bytes, at + 8) * 2 ** 32 + readUint32(bytes, at + 12) : size
    if (whole < 8 || at + whole > bytes.length) return null
    at += whole
  }
  return at
}
