import { isExactNumber } from './exact-number.ts'

/**
 * The limits of one JSON document in a request, which also apply to JSON fields: wider or deeper
 * documents multiply the work of all code that processes them.
 */
export const JSON_LIMITS = { levels: 30, keys: 500, entries: 1_000, values: 10_000 } as const

const QUOTE = 0x22
const COMMA = 0x2c
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const COLON = 0x3a
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/**
 * Explains why a JSON text of a request is refused: it is nested too deeply, or an object, a list
 * or the whole document has too many entries. Null if it is within JSON_LIMITS. The text is
 * scanned, not parsed, and does not have to be valid: parsing an object of 80,000 keys takes as
 * long as all other work for the refusal.
 */
export function findJsonTextProblem(text: string): string | null {
  const open: { isObject: boolean; values: number }[] = []
  let values = 1
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) i = findStringEnd(text, i)
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      open.push({ isObject: code === OPEN_OBJECT, values: 1 })
      if (open.length > JSON_LIMITS.levels) return TOO_DEEP
      values++
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) open.pop()
    else if (code === COMMA) {
      const container = open.at(-1)
      if (
        container &&
        ++container.values > (container.isObject ? JSON_LIMITS.keys : JSON_LIMITS.entries)
      )
        return container.isObject ? TOO_WIDE : TOO_LONG
      values++
    }
    if (values > JSON_LIMITS.values) return TOO_MUCH
  }
  return null
}

/**
 * A number in a JSON text that a double does not keep as written, and its path: `details.a`,
 * `list.0`; empty for the whole text.
 */
export type InexactNumber = { path: string; literal: string }

/**
 * Finds the first number in a JSON text that would change when parsed, such as 12345678901234567890
 * or 1e400; null if every number is kept. The text does not have to be valid.
 */
export function findInexactNumber(text: string): InexactNumber | null {
  const open: JsonPosition[] = []
  let string: { start: number; end: number } = { start: 0, end: 0 }
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const position = open.at(-1)
    if (code === QUOTE) {
      string = { start: i, end: findStringEnd(text, i) + 1 }
      i = string.end - 1
    } else if (code === COLON && position) position.key = string
    else if (code === OPEN_LIST || code === OPEN_OBJECT) open.push({ key: null, entry: 0 })
    else if (code === CLOSE_LIST || code === CLOSE_OBJECT) open.pop()
    else if (code === COMMA && position) position.entry++
    else if (code === MINUS || isDigit(code)) {
      const literal = readLiteral(text, i)
      if (!isExactNumber(literal))
        return { path: open.map((one) => formatPosition(text, one)).join('.'), literal }
      i += literal.length - 1
    }
  }
  return null
}

/**
 * The position in an object or list during the scan: the key between two offsets of the text, or
 * else the index of an entry.
 */
type JsonPosition = { key: { start: number; end: number } | null; entry: number }

const MINUS = 0x2d
const isDigit = (code: number) => code >= 0x30 && code <= 0x39
/** The characters of a number, valid or not. */
const LITERAL = /[-+.\deE]+/y

function readLiteral(text: string, start: number): string {
  LITERAL.lastIndex = start
  return LITERAL.exec(text)?.[0] ?? ''
}

function formatPosition(text: string, { key, entry }: JsonPosition): string {
  if (!key) return String(entry)
  const raw = text.slice(key.start, key.end)
  try {
    return String(JSON.parse(raw)).slice(0, 60)
  } catch {
    return raw.slice(0, 60) // not valid JSON; the parser reports it
  }
}

/** Performs the same check on a parsed JSON value, such as a part of a form. */
export function findJsonValueProblem(value: unknown): string | null {
  let values = 0
  const inspect = (one: unknown, level: number): string | null => {
    if (++values > JSON_LIMITS.values) return TOO_MUCH
    if (typeof one !== 'object' || one === null) return null
    if (level > JSON_LIMITS.levels) return TOO_DEEP
    const inner = Array.isArray(one) ? one : Object.values(one)
    if (inner.length > (Array.isArray(one) ? JSON_LIMITS.entries : JSON_LIMITS.keys))
      return Array.isArray(one) ? TOO_LONG : TOO_WIDE
    for (const each of inner) {
      const problem = inspect(each, level + 1)
      if (problem) return problem
    }
    return null
  }
  return inspect(value, 1)
}

const TOO_DEEP = `The body is nested too deeply; the limit is ${JSON_LIMITS.levels} levels.`
const TOO_WIDE =
  `The body has an object with more than ${JSON_LIMITS.keys} keys. Send only the fields ` +
  'that the document has.'
const TOO_LONG =
  `The body has a list with more than ${JSON_LIMITS.entries} entries. Send it in several ` +
  'requests.'
const TOO_MUCH = `The body has more than ${JSON_LIMITS.values} values. Send it in several requests.`

/**
 * The end of the string that begins at `start`; the end of the text if the string is not closed.
 */
function findStringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++
    if (backslashes % 2 === 0) return at
  }
  return text.length
}
