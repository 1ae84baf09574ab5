import { type MaintenanceSubtype, normalizeWord } from '../../domain/maintenance-words.ts'

/** What a person chose for words that the catalog does not have: a category, or null to skip. */
export type ChosenCategories = ReadonlyMap<string, string | null>

/**
 * The category and subtypes that words of a file mean, and the words that mean none; or the word
 * that a category must be chosen for; or that the row is to be skipped.
 */
export type ServiceWords =
  | { category: string; subtypes: string[] | null; rest: string[] }
  | { unknown: string }
  | { skipped: string }

/** Other names of the categories that a new database starts with. */
const CATEGORY_ALIASES: ReadonlyMap<string, string> = new Map([
  ['service', 'Routine maintenance'],
  ['maintenance', 'Routine maintenance'],
  ['repairs', 'Repair'],
  ['upgrade', 'Performance upgrade'],
  ['upgrades', 'Performance upgrade'],
  ['inspections', 'Inspection'],
])

/**
 * Finds the category and the subtypes that a row means by its own category and its title, which may
 * list several subtypes. What the catalog does not have is never guessed.
 */
export function findServiceWords(
  catalog: readonly MaintenanceSubtype[],
  { category, title }: { category?: string; title?: string },
  chosen: ChosenCategories,
): ServiceWords {
  const active = catalog.filter(({ isActive }) => isActive)
  const names = splitWords(title)
  const found =
    findCategory(active, category) ??
    findCategoryOfSubtypes(active, [category ?? '', ...names]) ??
    names.map((name) => findCategory(active, name)).find((one) => one !== null) ??
    null
  const named = [category, title].map((word) => word?.trim() ?? '').filter(Boolean)
  const words = named.length > 0 ? named : ['']
  const choice = words
    .map((word) => chosen.get(normalizeWord(word)))
    .find((one) => one !== undefined)
  if (choice === null) return { skipped: words[0] ?? '' }
  const resolved = choice === undefined ? found : findCategory(active, choice)
  if (resolved === null) return { unknown: words[0] ?? '' }
  return pickSubtypes(active, resolved, category ?? '', names)
}

const splitWords = (title: string | undefined): string[] =>
  (title ?? '')
    .split(/[,;|/]/)
    .map((word) => word.trim())
    .filter(Boolean)

function findCategory(
  active: readonly MaintenanceSubtype[],
  word: string | undefined,
): string | null {
  const wanted = normalizeWord(word ?? '')
  const names = [wanted, normalizeWord(CATEGORY_ALIASES.get(wanted) ?? '')].filter(Boolean)
  return active.find((one) => names.includes(normalizeWord(one.category)))?.category ?? null
}

/** The category of the first of these words that is a subtype. */
function findCategoryOfSubtypes(
  active: readonly MaintenanceSubtype[],
  words: readonly string[],
): string | null {
  const wanted = words.map(normalizeWord).filter(Boolean)
  return (
    wanted
      .map((word) => active.find(({ name }) => normalizeWord(name) === word)?.category)
      .find((category) => category !== undefined) ?? null
  )
}

function pickSubtypes(
  active: readonly MaintenanceSubtype[],
  category: string,
  own: string,
  names: readonly string[],
): ServiceWords {
  const ofCategory = active.filter((one) => one.category === category)
  const words = [own, ...names].filter(Boolean)
  const matched = words.map((word) => ({
    word,
    name: ofCategory.find(({ name }) => normalizeWord(name) === normalizeWord(word))?.name,
  }))
  const subtypes = [...new Set(matched.flatMap(({ name }) => name ?? []))]
  const rest = matched
    .filter(({ word, name }) => name === undefined && findCategory(active, word) !== category)
    .map(({ word }) => word)
  return { category, subtypes: subtypes.length > 0 ? subtypes : null, rest }
}
