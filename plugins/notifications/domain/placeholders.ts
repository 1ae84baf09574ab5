import { findNearestName } from '../../../src/domain/nearest-name.ts'

/**
 * Matches a run of opening braces with the text up to the closing braces, the next opening braces
 * or the end; or closing braces without opening ones.
 */
const BRACES = /(\{{2,})((?:(?!\{\{|\}\})[^])*)(\}{2,})?|\}{2,}/gu

/** The maximum length of an invalid placeholder in a message. */
const MAX_PLACEHOLDER_LENGTH = 60
/** The maximum number of invalid placeholders in one message. */
const MAX_PROBLEMS = 3

/**
 * Returns why the placeholders of a template text are invalid; null if they are valid. A
 * placeholder is `{{ name }}` on one line. `name` is one of `known`, spelled exactly, with optional
 * spaces around it. Single braces are ordinary text. The message names each invalid placeholder,
 * its line and a correction.
 */
export function findPlaceholderProblem(text: string, known: readonly string[]): string | null {
  const problems: string[] = []
  let line = 1
  let end = 0
  for (const found of text.matchAll(BRACES)) {
    line += countBreaks(text.slice(end, found.index))
    end = found.index
    const problem = describeProblem(found, known)
    if (problem !== null) problems.push(`${shorten(found[0])} on line ${line}, ${problem}`)
  }
  return problems.length === 0 ? null : describeAll(problems, known)
}

function describeAll(problems: readonly string[], known: readonly string[]): string {
  const [first = '', ...others] = problems
    .slice(0, MAX_PROBLEMS)
    .map((problem) => (problem.endsWith('?') ? problem : `${problem}.`))
  const left = problems.length - MAX_PROBLEMS
  return [
    `has ${first}`,
    ...others.map((problem) => `It has ${problem}`),
    ...(left > 0 ? [`${left} more ${left === 1 ? 'is' : 'are'} wrong.`] : []),
    `Placeholders of this e-mail: ${known.join(', ')}.`,
  ].join(' ')
}

/** Describes the problem of one match of BRACES; null for a valid placeholder. */
function describeProblem(
  [, opening, inner = '', closing]: RegExpExecArray,
  known: readonly string[],
): string | null {
  if (opening === undefined) return 'without {{ before it'
  if (closing === undefined) return 'which is not closed: end it with }}'
  if (opening.length > 2 || closing.length > 2)
    return 'which has more than two braces: write {{ name }}'
  if (inner.includes('\n')) return 'which spans several lines: write it on one'
  const name = inner
    .split(' ')
    .filter((part) => part !== '')
    .join(' ') // takes linear time, unlike / +$/
  return known.includes(name) ? null : describeName(name, known)
}

function describeName(name: string, known: readonly string[]): string {
  if (name === '') return 'which is empty'
  const unexpected = /[^\x20-\x7e]/u.exec(name)?.[0]
  const nearest = findIntendedName(name, known)
  const suggestion = nearest === null ? '' : `. Did you mean ${nearest}?`
  const reason =
    unexpected === undefined ? '' : `: it contains the character ${nameCharacter(unexpected)}`
  return `which is not a placeholder${reason}${suggestion}`
}

/**
 * Returns the known name that an invalid one probably means: one that is similar to the whole name
 * or to one of its words.
 */
const findIntendedName = (name: string, known: readonly string[]): string | null =>
  [name, ...name.split(/[^\p{L}\p{N}]+/u)]
    .map((part) => findNearestName(part, known))
    .find((meant) => meant !== null) ?? null

/** Returns the first line of a placeholder, truncated between two characters if it is long. */
function shorten(written: string): string {
  const characters = [...(written.split('\n', 1)[0] ?? '').trimEnd()]
  return characters.length > MAX_PLACEHOLDER_LENGTH
    ? `${characters.slice(0, MAX_PLACEHOLDER_LENGTH).join('')}…`
    : characters.join('')
}

const countBreaks = (text: string) => text.split('\n').length - 1
const nameCharacter = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
