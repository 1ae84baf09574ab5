/** Lays out plain text for a terminal. Widths count code points. */

const GAP = 2

/**
 * Writes every control character, format character and lone surrogate of a text as `\u{1b}`, so
 * that no file name can move the cursor.
 */
export function escapeInvisible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  )
}

/**
 * Wraps a text into lines of at most `width`: between words, and inside a word only if it is longer
 * than a line. `\n` begins a new line.
 */
export function wrapText(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => wrapLine(escapeInvisible(paragraph), width))
}

function wrapLine(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((each) => splitWord(each, width))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (countCodePoints(longer) <= width) {
      line = longer
    } else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line]
}

/**
 * Lays out cells next to each other, each wrapped within its width; the last one gets the rest of
 * `total`.
 */
export function layOutColumns(
  cells: readonly string[],
  widths: readonly number[],
  total: number,
): string[] {
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP, 0)
  const fitted = widths.map((width, index) =>
    index === widths.length - 1 ? total - before : width,
  )
  const wrapped = cells.map((cell, index) => wrapText(cell, fitted[index] ?? total))
  const height = Math.max(...wrapped.map((lines) => lines.length))
  return Array.from({ length: height }, (_, row) =>
    wrapped
      .map((lines, index) => padTo(lines[row] ?? '', fitted[index] ?? 0))
      .join(' '.repeat(GAP))
      .trimEnd(),
  )
}

function splitWord(word: string, width: number): string[] {
  const characters = [...word]
  const count = Math.max(1, Math.ceil(characters.length / width))
  return Array.from({ length: count }, (_, index) =>
    characters.slice(index * width, (index + 1) * width).join(''),
  )
}

function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - countCodePoints(text)))
}

function countCodePoints(text: string): number {
  return [...text].length
}
