/** The characters that can separate the cells of a file. */
export const DELIMITERS = [',', ';', '\t', '|'] as const

export type Delimiter = (typeof DELIMITERS)[number]

/** How many lines may precede the header: empty ones, and those that begin a section. */
const MAX_LINES = 20

/**
 * Finds the delimiter of a file: the one that occurs most often in its first line, outside of
 * quotes, because the names of columns contain no decimal commas. A comma if there is none.
 */
export function detectDelimiter(text: string): Delimiter {
  const [header = ''] = text
    .split(/\r\n?|\n/, MAX_LINES)
    .filter((line) => line.trim() !== '' && !/^"?#/.test(line))
  const bare = header.replaceAll(/"[^"]*"/g, '')
  return DELIMITERS.reduce((best, next) =>
    bare.split(next).length > bare.split(best).length ? next : best,
  )
}
