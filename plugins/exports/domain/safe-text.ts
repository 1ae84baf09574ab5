/** Control characters other than tabs and line breaks. */
const CONTROLS = String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]`
const NOT_IN_XML = new RegExp(String.raw`${CONTROLS}|\p{Cs}|\p{Noncharacter_Code_Point}`, 'gu')
const LINE_BREAKS = /\s*(?:\r\n|[\n\r\u0085\u2028\u2029])\s*/g

/** Drops what no format can contain: control characters, halves of characters, noncharacters. */
export const dropInvalidCharacters = (text: string): string => text.replace(NOT_IN_XML, '')

/** Cuts a text after so many characters; never between the halves of one. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text
  return [...text].slice(0, max).join('')
}

/** Puts a text on one line; `lineBreak` replaces each of its line breaks. */
export const joinLines = (text: string, lineBreak: string): string =>
  text.trim().replace(LINE_BREAKS, lineBreak)

/** Joins addresses; the separator in an address is encoded. */
export const joinUrls = (urls: readonly string[], separator: ',' | '|'): string =>
  urls.map((url) => url.replaceAll(separator, encodeURIComponent(separator))).join(separator)
