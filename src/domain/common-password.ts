const LOOKALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}
const MIN_CHARACTERS = 4

/**
 * Whether an attacker who tries common passwords would soon find this one: it is on the list of
 * `common` ones (in lower case); it is one of them with digits and symbols around it, in a spelling
 * such as `p@ssw0rd`, or repeated; it is a sequence such as `abcdefghijkl` or `aaaabbbb`; or it is
 * a number, which may be a telephone number.
 */
export function isCommonPassword(password: string, common: ReadonlySet<string>): boolean {
  const typed = password.toLowerCase()
  if (new Set(typed).size < MIN_CHARACTERS || isSequence(typed) || !/\D/.test(typed)) return true
  const spelled = typed.replaceAll(/[013457@$!]/g, (sign) => LOOKALIKES[sign] ?? sign)
  return [typed, spelled, trimNonLetters(typed), trimNonLetters(spelled)].some(
    (form) => common.has(form) || common.has(findRepeatedUnit(form)),
  )
}

/** Removes everything that is not a letter from both ends: `2024!summer!!` becomes `summer`. */
const trimNonLetters = (text: string) => text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')

/**
 * The unit that a text repeats: `monkey` for `monkeymonkey`; the text itself if it repeats nothing.
 */
function findRepeatedUnit(text: string): string {
  const length = `${text}${text}`.indexOf(text, 1)
  return text === '' ? text : text.slice(0, length)
}

/** Whether every character is the successor of the one before it, or every one the predecessor. */
function isSequence(text: string): boolean {
  const signs = Array.from(text, (sign) => sign.codePointAt(0) ?? 0)
  return [1, -1].some((step) =>
    signs.every((sign, index) => index === 0 || sign - (signs[index - 1] ?? 0) === step),
  )
}
