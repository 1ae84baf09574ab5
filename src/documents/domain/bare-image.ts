import { MAX_PARTS, readJpeg } from './file-end.ts'
import { type FileType, readLatin1, readUint32 } from './file-types.ts'

/** The header of a JPEG without a thumbnail is this long (ITU-T T.871, 10.1). */
const JFIF_BYTES = 14
const JFIF = 0xe0
/** How pixels are coded: frames, tables and scans (ITU-T T.81, table B.1). */
const CODING = [0xc0, 0xc1, 0xc2, 0xc4, 0xda, 0xdb, 0xdd]
/** The same for WebP: the bitstream, its features and its transparency. */
const CHUNKS = ['VP8 ', 'VP8L', 'VP8X', 'ALPH']

/**
 * Whether a valid image consists of its pixels alone, as this server encodes pictures to be shown:
 * it has no metadata, no thumbnail, and no data of programs in it or after it.
 */
export function isBareImage(bytes: Uint8Array, type: FileType): boolean {
  if (type === 'image/jpeg') return isBareJpeg(bytes)
  return type === 'image/webp' && isBareWebp(bytes)
}

function isBareJpeg(bytes: Uint8Array): boolean {
  const image = readJpeg(bytes)
  if (image?.end !== bytes.length) return false
  return image.segments.every(({ marker, start, end }) =>
    marker === JFIF
      ? readLatin1(bytes, start, start + 5) === 'JFIF\0' && end - start === JFIF_BYTES
      : CODING.includes(marker),
  )
}

function isBareWebp(bytes: Uint8Array): boolean {
  let at = 12
  for (let chunks = 0; at + 8 <= bytes.length && chunks < MAX_PARTS; chunks++) {
    if (!CHUNKS.includes(readLatin1(bytes, at, at + 4))) return false
    const size = readUint32(bytes.slice(at + 4, at + 8).reverse(), 0)
    at += 8 + size + (size % 2)
  }
  return at === bytes.length
}
