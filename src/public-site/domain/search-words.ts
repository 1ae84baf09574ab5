/** How many words one search takes. */
export const MAX_WORDS = 10

/** What a word of a search consists of; other characters separate words. */
const OTHER_CHARACTERS = /[^\p{L}\p{N}.-]+/gu

/** Only these make a word that can be found: a lone hyphen cannot. */
const MEANING = /[\p{L}\p{N}]/u

/**
 * The words of a search in lower case, without duplicates. They contain no wildcards of SQL. Empty
 * for a text without letters and digits, such as an emoji.
 */
export function parseSearchWords(text: string): string[] {
  const words = buildSearchText(text).split(' ')
  return [...new Set(words.filter((word) => MEANING.test(word)))]
}

/**
 * A text as words are looked for in it: in lower case, with one space before and after each word,
 * so that `EX-L/Navi` has the words `ex-l` and `navi`.
 */
export const buildSearchText = (text: string): string =>
  ` ${text.normalize('NFC').toLowerCase().replace(OTHER_CHARACTERS, ' ').trim()} `

/**
 * What the text of a car must contain one of for a word to be found: a word that starts with it,
 * with hyphens or without; a number of at least four characters anywhere, as in a VIN.
 */
export function listWordNeedles(word: string): string[] {
  const bare = word.replace(/[-.]/g, '')
  const needles = [` ${word}`]
  if (bare !== word) needles.push(` ${bare}`)
  if (word.length >= 4 && /\d/.test(word)) needles.push(word)
  return needles
}
