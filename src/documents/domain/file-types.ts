/** The types of files that owners can store, with the extensions that fit each. */
export const FILE_TYPES = {
  'application/pdf': ['pdf'],
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/heic': ['heic', 'heif'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>

export type FileType = keyof typeof FILE_TYPES
export type ImageType = Exclude<FileType, 'application/pdf'>

/** Whether a stored content type is one of ours; another program may have stored any other. */
export const isFileType = (type: string): type is FileType => Object.hasOwn(FILE_TYPES, type)

/** The types of images, and all types, as a sentence lists them. */
export const IMAGE_TYPE_NAMES = 'JPEG, PNG, WebP or HEIC'
export const FILE_TYPE_NAMES = `PDF, ${IMAGE_TYPE_NAMES}`

/** What a file is by its first bytes: a type that is accepted, or the name of another one. */
export type DetectedType = { type: FileType } | { other: string | null }

/** The brands of HEIC: one image or a sequence, coded as HEVC (ISO/IEC 23008-12, annex B). */
const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']
/** The brands of any image of this container; the compatible brands say how it is coded. */
const HEIF_BRANDS = ['mif1', 'mif2', 'msf1']

const OTHERS: readonly (readonly [string, string])[] = [
  ['GIF8', 'a GIF image'],
  ['BM', 'a BMP image'],
  ['II*\0', 'a TIFF image'],
  ['MM\0*', 'a TIFF image'],
  ['PK\x03\x04', 'a ZIP archive or an Office document'],
  ['\xd0\xcf\x11\xe0', 'an older Office document'],
  ['{\\rtf', 'an RTF document'],
  ['MZ', 'a Windows program'],
  ['\x7fELF', 'a program'],
  ['Rar!', 'a RAR archive'],
  ['<svg', 'an SVG image'],
  ['<', 'HTML or XML'],
]

/** Detects the type of a file by its first bytes. Its name and the client's type do not count. */
export function detectFileType(bytes: Uint8Array): DetectedType {
  const head = readLatin1(bytes, 0, 64)
  if (head.startsWith('%PDF-')) return { type: 'application/pdf' }
  if (head.startsWith('\xff\xd8\xff')) return { type: 'image/jpeg' }
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return { type: 'image/png' }
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return { type: 'image/webp' }
  if (head.slice(4, 8) === 'ftyp') return detectBrand(bytes)
  const other = OTHERS.find(([start]) => head.trimStart().startsWith(start))
  return { other: other?.[1] ?? null }
}

/** Detects a type by the brands of its container: the major one, and the compatible ones. */
function detectBrand(bytes: Uint8Array): DetectedType {
  const size = Math.min(readUint32(bytes, 0), 256)
  const major = readLatin1(bytes, 8, 12)
  const compatible = Array.from({ length: Math.max(0, Math.floor((size - 16) / 4)) }, (_, index) =>
    readLatin1(bytes, 16 + 4 * index, 20 + 4 * index),
  )
  const isCoded = compatible.some((brand) => HEIC_BRANDS.includes(brand))
  if (HEIC_BRANDS.includes(major) || (HEIF_BRANDS.includes(major) && isCoded))
    return { type: 'image/heic' }
  return { other: major.startsWith('avi') ? 'an AVIF image' : 'a video' }
}

/** Bytes as text, one character for each. */
export const readLatin1 = (bytes: Uint8Array, start: number, end: number): string =>
  toBuffer(bytes).toString('latin1', start, end)

const toBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** A number of four bytes, the most significant one first; 0 where the file ends before. */
export const readUint32 = (bytes: Uint8Array, at: number): number =>
  readUint16(bytes, at) * 65_536 + readUint16(bytes, at + 2)

const readUint16 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)
