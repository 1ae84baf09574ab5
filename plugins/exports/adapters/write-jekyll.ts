import { dropInvalidCharacters } from '../domain/safe-text.ts'
import type { FeedCar } from '../domain/feed-car.ts'
import type { Cell, FeedColumn, FeedContext } from '../domain/feed.ts'

/** Characters that end a line in some version of YAML, or that readers drop. */
const LINE_ENDS = /[\u0085\u2028\u2029\ufeff]/g

/** The site file of a car: front matter without empty values, then the description. */
export function writeJekyllCar(
  car: FeedCar,
  columns: readonly FeedColumn[],
  context: FeedContext,
): string {
  const lines = columns.map(({ name, read }) => writeEntry(name, read(car, context)))
  const description = dropInvalidCharacters(car.description ?? '').trim()
  return `---\n${lines.join('')}---\n\n${description}\n`
}

function writeEntry(name: string, cell: Cell): string {
  if (cell === null || cell === '') return ''
  if (typeof cell !== 'object') return `${quoteKey(name)}: ${writeScalar(cell)}\n`
  if (cell.length === 0) return ''
  return `${quoteKey(name)}:\n${cell.map((entry) => `  - ${writeScalar(entry)}\n`).join('')}`
}

/** A renamed column may be called anything. */
const quoteKey = (name: string): string => (/^[a-z_]+$/.test(name) ? name : writeScalar(name))

/**
 * A JSON string is a quoted text in every version of YAML, so that no text is taken for a number, a
 * date or a word such as `no`.
 */
function writeScalar(cell: string | number | boolean): string {
  if (typeof cell !== 'string') return String(cell)
  return JSON.stringify(dropInvalidCharacters(cell)).replaceAll(LINE_ENDS, escapeCharacter)
}

const escapeCharacter = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
