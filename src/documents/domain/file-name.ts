import { FILE_TYPES, type FileType } from './file-types.ts'

/** The column's length. */
const MAX_LENGTH = 255
/** Names of devices, which Windows does not accept for files, with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i
/** Control characters, lone surrogates, and marks that turn the direction of a text. */
const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu

/** Blanks and periods around a name. Begins only where these begin, so it takes linear time. */
const ENDS = /^[\s.]+|(?<![\s.])[\s.]+$/g

/**
 * The name of a file as it is stored and offered for download: the last part of the client's name,
 * in any script, without what is not part of a name, with an extension that fits its type, and at
 * most 255 characters long.
 */
export function normalizeFileName(name: string | null, type: FileType): string {
  const last = (name ?? '').normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const clean = last
    .replaceAll(UNSAFE, '')
    .replaceAll(/[<>:"|?*]/g, '_')
    .replaceAll(ENDS, '')
  const safe = DEVICE.test(clean) ? `_${clean}` : clean
  const { base, extension } = splitExtension(safe, type)
  const whole = base === '' ? 'file' : base
  return `${truncate(whole, MAX_LENGTH - extension.length - 1)}.${extension}`
}

/** The name without the extension that fits its type; else all of it, and the usual extension. */
function splitExtension(name: string, type: FileType): { base: string; extension: string } {
  const fitting: readonly string[] = FILE_TYPES[type]
  const dot = name.lastIndexOf('.')
  const extension = name.slice(dot + 1)
  return dot !== -1 && fitting.includes(extension.toLowerCase())
    ? { base: name.slice(0, dot), extension }
    : { base: name, extension: FILE_TYPES[type][0] }
}

/** At most so many characters (as JavaScript and PostgreSQL count), and no half of one. */
const truncate = (text: string, length: number): string =>
  text
    .slice(0, length)
    .replace(/\p{Cs}$/u, '')
    .trimEnd()

/**
 * The header Content-Disposition for a name in any script: an ASCII name for old programs, and the
 * name itself as RFC 5987 encodes it.
 */
export function formatDisposition(kind: 'attachment' | 'inline', name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
