import { type MaintenanceSubtype, normalizeWord } from '../../domain/maintenance-words.ts'

/** What a person chose for words that the catalog does not have: a category, or null to skip. */
export type ChosenCategories = ReadonlyMap<string, string | null>

/**
 * The category and subtypes that words of a file mean, and the words that mean none; or the word
 * that a category must be chosen for; or that the row is to be skipped.
 */
export type ServiceWords =
  | {
      category: string
      subtypes: string[] | null
      rest: string[]
    }
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
  const active = indexCatalog(catalog)
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

/** A row has no more subtypes. A text with more parts is not a list of them. */
const MAX_WORDS = 50

function splitWords(title: string | undefined): string[] {
  const words = (title ?? '')
    .split(/[,;|/]/)
    .map((word) => word.trim())
    .filter(Boolean)
  return words.length > MAX_WORDS ? [(title ?? '').trim()] : words
}

/** The categories and subtypes of a catalog by their names as they are compared. */
type CatalogIndex = {
  categories: ReadonlyMap<string, string>
  categoriesOfSubtypes: ReadonlyMap<string, string>
  subtypes: ReadonlyMap<string, ReadonlyMap<string, string>>
}

/** Indexes the active words of a catalog; of two with the same name, the first one counts. */
function indexCatalog(catalog: readonly MaintenanceSubtype[]): CatalogIndex {
  const categories = new Map<string, string>()
  const categoriesOfSubtypes = new Map<string, string>()
  const subtypes = new Map<string, Map<string, string>>()
  for (const { category, name, isActive } of catalog) {
    if (!isActive) continue
    const word = normalizeWord(name)
    setFirst(categories, normalizeWord(category), category)
    setFirst(categoriesOfSubtypes, word, category)
    const names = subtypes.get(category) ?? new Map<string, string>()
    setFirst(names, word, name)
    subtypes.set(category, names)
  }
  return { categories, categoriesOfSubtypes, subtypes }
}

function setFirst(map: Map<string, string>, key: string, value: string): void {
  if (!map.has(key)) map.set(key, value)
}

function findCategory({ categories }: CatalogIndex, word: string | undefined): string | null {
  const wanted = normalizeWord(word ?? '')
  if (wanted === '') return null
  const alias = normalizeWord(CATEGORY_ALIASES.get(wanted) ?? '')
  return categories.get(wanted) ?? categories.get(alias) ?? null
}

/** The category of the first of these words that is a subtype. */
const findCategoryOfSubtypes = (
  { categoriesOfSubtypes }: CatalogIndex,
  words: readonly string[],
): string | null =>
  words
    .map(normalizeWord)
    .map((word) => (word === '' ? undefined : categoriesOfSubtypes.get(word)))
    .find((category) => category !== undefined) ?? null

function pickSubtypes(
  index: CatalogIndex,
  category: string,
  own: string,
  names: readonly string[],
): ServiceWords {
  const ofCategory = index.subtypes.get(category)
  const words = [own, ...names].filter(Boolean)
  const matched = words.map((word) => ({ word, name: ofCategory?.get(normalizeWord(word)) }))
  const subtypes = [...new Set(matched.flatMap(({ name }) => name ?? []))]
  const rest = matched
    .filter(({ word, name }) => name === undefined && findCategory(index, word) !== category)
    .map(({ word }) => word)
  return { category, subtypes: subtypes.length > 0 ? subtypes : null, rest }
}
