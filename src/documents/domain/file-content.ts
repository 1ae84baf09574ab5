import { findImageEnd } from './file-end.ts'
import { type FileType, readLatin1, readUint32 } from './file-types.ts'

/** How far from its start a reader of PDF looks for the header, and one of HTML for its tags. */
const HEAD = 1024
/** How far from its end a reader of ZIP looks for the record that ends the archive. */
const ZIP_TAIL = 65_557
/** How far from its end a reader of PDF looks for the mark of the end. */
const PDF_TAIL = 2048

const TAGS = /<(?:!doctype|html|head|body|script|iframe|svg|\?php)/i

/**
 * Why the content of a file is not accepted, although it begins as its type does: it is incomplete,
 * or it is also a file of another type, which a program might open as that. Null if it is fine.
 * The message continues "The file …".
 */
export function findContentProblem(bytes: Uint8Array, type: FileType): string | null {
  const problem = type === 'application/pdf' ? findPdfProblem(bytes) : findImageProblem(bytes, type)
  return problem ?? (isZip(bytes) ? 'is also a ZIP archive' : null)
}

function findImageProblem(
  bytes: Uint8Array,
  type: Exclude<FileType, 'application/pdf'>,
): string | null {
  const end = findImageEnd(bytes, type)
  if (end === null) return 'is incomplete or damaged'
  const head = readLatin1(bytes, 0, HEAD)
  const rest = readLatin1(bytes, end, bytes.length)
  if (type !== 'image/jpeg' && rest !== '') return 'has other content after the image'
  // Phones append further pictures or their own data to a JPEG.
  if (head.includes('%PDF-') || rest.includes('%PDF-')) return 'is also a PDF'
  if (TAGS.test(head) || TAGS.test(rest)) return 'is also a web page'
  return /Rar!\x1a\x07|7z\xbc\xaf\x27\x1c/.test(rest) ? 'is also an archive' : null
}

/**
 * Checks what a reader needs to open a PDF: its version, its end, and the place of its table of
 * objects. (ISO 32000-2, 7.5)
 */
function findPdfProblem(bytes: Uint8Array): string | null {
  if (!/^%PDF-[12]\.\d/.test(readLatin1(bytes, 0, 16))) return 'has no valid PDF header'
  if (TAGS.test(readLatin1(bytes, 0, HEAD))) return 'is also a web page'
  const tail = readLatin1(bytes, bytes.length - PDF_TAIL, bytes.length)
  const end = tail.lastIndexOf('%%EOF')
  if (end === -1) return 'is incomplete: the end of the PDF is missing'
  if (/[^\s\0]/.test(tail.slice(end + 5))) return 'has other content after the PDF'
  const place = /startxref\s+(\d+)\s*$/.exec(tail.slice(0, end))?.[1]
  const table = place === undefined ? '' : readLatin1(bytes, Number(place), Number(place) + 40)
  return /^\s*(?:xref|\d+\s+\d+\s+obj)/.test(table) ? null : 'is a damaged PDF'
}

/** Whether a ZIP archive ends in the file: then a program may open it as one (APPNOTE 4.3.16). */
function isZip(bytes: Uint8Array): boolean {
  const from = Math.max(0, bytes.length - ZIP_TAIL)
  const tail = readLatin1(bytes, from, bytes.length)
  for (let at = tail.indexOf('PK\x05\x06'); at !== -1; at = tail.indexOf('PK\x05\x06', at + 1)) {
    const record = bytes.subarray(from + at)
    const [size, start] = [readLittle(record, 12), readLittle(record, 16)]
    if (record.length >= 22 && size + start <= from + at) return true
  }
  return false
}

/** A number of four bytes, the least significant one first. */
const readLittle = (bytes: Uint8Array, at: number): number =>
  readUint32(bytes.slice(at, at + 4).reverse(), 0)
