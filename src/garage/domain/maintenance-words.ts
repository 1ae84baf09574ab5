import { findNearestName } from '../../domain/nearest-name.ts'

/** A subtype of a category of maintenance, as admins keep it. */
export type MaintenanceSubtype = {
  category: string
  name: string
  isActive: boolean
}

/** The category and the subtypes of a log or a schedule. */
export type MaintenanceWords = { category: string; subtypes: readonly string[] | null }

/** The words as the catalog spells them, or what is wrong with them, by field. */
export type CheckedWords =
  | { words: { category: string; subtypes: string[] | null } }
  | { errors: { path: 'category' | 'subtypes'; message: string }[] }

/**
 * The form in which words are compared: `Routine maintenance` is also `routine_maintenance` and
 * `routine-maintenance`.
 */
export const normalizeWord = (word: string): string =>
  word
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim()

const isSameWord = (one: string, other: string): boolean =>
  normalizeWord(one) === normalizeWord(other)

/**
 * Checks the words of a row against the catalog. Words that the row had before are kept, even if
 * the catalog does not have them: earlier rows stay editable.
 */
export function checkMaintenanceWords(
  catalog: readonly MaintenanceSubtype[],
  { category, subtypes }: MaintenanceWords,
  before: MaintenanceWords | null,
): CheckedWords {
  const active = catalog.filter(({ isActive }) => isActive)
  const known = active.find((one) => isSameWord(one.category, category))?.category
  const isKept = before !== null && isSameWord(before.category, category)
  if (known === undefined && !isKept)
    return { errors: [{ path: 'category', message: describeCategories(active, category) }] }
  if (known === undefined) return { words: { category, subtypes: subtypes && [...subtypes] } }
  const names = active.filter((one) => one.category === known).map(({ name }) => name)
  const kept = isKept ? (before.subtypes ?? []) : []
  const found = (subtypes ?? []).map((entered) => ({
    entered,
    name: [...names, ...kept].find((name) => isSameWord(name, entered)),
  }))
  const unknown = found.find(({ name }) => name === undefined)
  if (unknown)
    return {
      errors: [{ path: 'subtypes', message: describeSubtypes(known, names, unknown.entered) }],
    }
  const resolved = [...new Set(found.flatMap(({ name }) => name ?? []))]
  return { words: { category: known, subtypes: subtypes && resolved } }
}

function describeCategories(active: readonly MaintenanceSubtype[], category: string): string {
  const known = [...new Set(active.map((one) => one.category))]
  const list = known.length > 0 ? `one of ${known.join(', ')}` : 'in the catalog, which is empty'
  return `must be ${list}, not ${JSON.stringify(category)}`
}

function describeSubtypes(category: string, names: readonly string[], entered: string): string {
  const near = findNearestName(entered, names)
  const hint = near === null ? '' : ` Did you mean ${JSON.stringify(near)}?`
  const path = `/api/maintenance/subtypes/${encodeURIComponent(category)}`
  return (
    `must be of the category ${category}, which has no ${JSON.stringify(entered)}.${hint} ` +
    `The subtypes are listed at ${path}`
  )
}
