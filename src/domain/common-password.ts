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
 * Whether whoever tries the usual passwords comes to this one soon: it is on the list of `common`
 * ones (in lower case), it is one of them with digits and signs around it, in the spelling of
 * `p@ssw0rd`, or several times over, or it is a run such as `abcdefghijkl` or `aaaabbbb`, or a
 * number, which is somebody's telephone.
 */
export function isCommonPassword(password: string, common: ReadonlySet<string>): boolean {
  const typed = password.toLowerCase()
  if (new Set(typed).size < MIN_CHARACTERS || isSequence(typed) || !/\D/.test(typed)) return true
  const spelled = typed.replaceAll(/[013457@$!]/g, (sign) => LOOKALIKES[sign] ?? sign)
  return [typed, spelled, trimNonLetters(typed), trimNonLetters(spelled)].some(
    (form) => common.has(form) || common.has(findRepeatedUnit(form)),
  )
}

/** Without what is no letter at both ends: `2024!summer!!` is `summer`. */
const trimNonLetters = (text: string) => text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')

/**
 * What a text is several times over: `monkeymonkey` is `monkey`; itself where it is nothing twice.
 */
function findRepeatedUnit(text: string): string {
  const length = `${text}${text}`.indexOf(text, 1)
  return text === '' ? text : text.slice(0, length)
}

/** Whether each sign is the one after, or the one before, its neighbour. */
function isSequence(text: string): boolean {
  const signs = Array.from(text, (sign) => sign.codePointAt(0) ?? 0)
  return [1, -1].some((step) =>
    signs.every((sign, index) => index === 0 || sign - (signs[index - 1] ?? 0) === step),
  )
}
