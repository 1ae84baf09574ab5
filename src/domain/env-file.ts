import { decodeUtf8 } from './utf8.ts'

const NAMED = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(.*)$/
const NOTHING = /^\s*(#.*)?$/
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

/**
 * Finds the lines of a `.env` file that would not be read as intended, with a sentence for each
 * problem; Node skips or joins such lines silently. A variable that `isSetting` accepts may be set
 * only once. Values are not repeated, because they may be secrets.
 */
export function findEnvFileProblems(
  bytes: Uint8Array,
  isSetting: (name: string) => boolean,
): string[] {
  const text = decodeUtf8(bytes)
  if (text === null || text.includes('\0')) return ['.env is not valid UTF-8. Save it as UTF-8.']
  if (BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte))
    return [
      '.env begins with a byte order mark, which hides its first setting. Save it as UTF-8 ' +
        'without one.',
    ]
  const { problems, lines } = readLines(text)
  const repeated = [...lines].filter(([name, all]) => all.length > 1 && isSetting(name))
  return [
    ...problems,
    ...repeated.map(
      ([name, all]) => `${name} is set on lines ${all.join(' and ')} of .env. Keep one of them.`,
    ),
  ]
}

/**
 * The line numbers where each name is set, and the problems of the other lines. A quoted value may
 * span several lines.
 */
function readLines(text: string): { problems: string[]; lines: Map<string, number[]> } {
  const all = text.split(/\r\n|\r|\n/)
  const problems: string[] = []
  const lines = new Map<string, number[]>()
  for (let index = 0; index < all.length; index++) {
    const line = all[index] ?? ''
    if (NOTHING.test(line)) continue
    const [, name, value = ''] = NAMED.exec(line) ?? []
    if (name === undefined) {
      problems.push(
        `Line ${index + 1} of .env does not set a variable. Write NAME=value, or begin the ` +
          'line with #.',
      )
      continue
    }
    lines.set(name, [...(lines.get(name) ?? []), index + 1])
    const end = findEndOfValue(all, index, value)
    if (end === null)
      problems.push(
        `Line ${index + 1} of .env has a quotation mark that is not closed. Close or remove it.`,
      )
    index = end ?? index
  }
  return { problems, lines }
}

/** The line on which a value ends; null if its quotation mark is not closed. */
function findEndOfValue(all: readonly string[], start: number, value: string): number | null {
  const quote = /^["'`]/.exec(value)?.[0]
  if (quote === undefined || value.indexOf(quote, 1) > 0) return start
  const end = all.findIndex((line, index) => index > start && line.includes(quote))
  return end < 0 ? null : end
}
