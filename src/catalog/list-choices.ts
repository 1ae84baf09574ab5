import type { Transaction } from '../database/transaction.ts'
import { type Choices, findSpellings, sortNames } from './domain/choices.ts'
import {
  listEngines,
  listNames,
  listTransmissions,
  type NamedColumn,
  type StoredChoices,
} from './store/choices.ts'

type Database = Transaction['db']

/*
 * Choices may be written in any case. A choice that is not in the catalog has an empty list.
 */

/** Lists the values of a column for these choices, by name. */
export async function listNameChoices(
  db: Database,
  column: NamedColumn,
  choices: Choices,
): Promise<string[]> {
  const stored = await findStoredChoices(db, choices)
  return stored ? sortNames(await listNames(db, column, stored)) : []
}

/** Lists the engines for these choices, by name. */
export async function listEngineChoices(db: Database, choices: Choices) {
  const stored = await findStoredChoices(db, choices)
  return stored ? listEngines(db, stored) : []
}

/** Lists the transmissions for these choices, by type; those of one engine if it was chosen. */
export async function listTransmissionChoices(db: Database, choices: Choices) {
  const stored = await findStoredChoices(db, choices)
  if (!stored) return []
  const { engine: written } = choices
  if (written === undefined) return listTransmissions(db, stored)
  const engines = await listEngines(db, stored)
  const names = findSpellings(
    engines.map(({ name }) => name),
    written,
  )
  const ids = engines.filter(({ name }) => names.includes(name)).map(({ id }) => id)
  return ids.length > 0 ? listTransmissions(db, stored, ids) : []
}

/**
 * The make and the model of a vehicle as the catalog spells them: each is null if the catalog does
 * not have it, so the text is never somebody's own.
 */
export async function findListedNames(
  db: Database,
  { year, make, model }: Record<'make' | 'model', string | null> & { year: number | null },
): Promise<{ make: string | null; model: string | null }> {
  if (year === null || make === null) return { make: null, model: null }
  const makes = findSpellings(await listNames(db, 'make', { year }), make)
  if (makes.length === 0 || model === null) return { make: makes[0] ?? null, model: null }
  const models = findSpellings(await listNames(db, 'model', { year, make: makes }), model)
  return { make: makes[0] ?? null, model: models[0] ?? null }
}

/** The choices with names as they are stored; null if the catalog does not have one of them. */
async function findStoredChoices(db: Database, choices: Choices): Promise<StoredChoices | null> {
  const stored: StoredChoices = { year: choices.year }
  for (const column of ['make', 'model', 'trim'] as const) {
    const written = choices[column]
    if (written === undefined) break
    const names = findSpellings(await listNames(db, column, stored), written)
    if (names.length === 0) return null
    stored[column] = names
  }
  return stored
}
