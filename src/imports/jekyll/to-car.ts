import { completeCar, REQUIRED_FIELDS } from './car.ts'
import type { Car, Draft, Note, Refusal } from './car.ts'
import { parseText } from '../../domain/input-text.ts'
import type { FrontMatter, FrontMatterValue } from './front-matter.ts'
import { isSameValue } from './compare.ts'
import { COLUMNS, parseStockNumber } from './mapping.ts'
import type { Column } from './mapping.ts'
import { booleanParser, isBlank, formatRaw } from './values.ts'
import type { FieldContext, ImportContext } from './values.ts'

/**
 * The result of a file: a car, or every reason why it is refused. `unmapped` contains the keys
 * without a column. A refusal also has the `vin`, if it could be parsed, so that a second file of
 * the same car is recognized.
 */
export type CarFromFile =
  | {
      car: Car
      notes: Note[]
      unmapped: string[]
    }
  | {
      refusals: Refusal[]
      unmapped: string[]
      vin: string | undefined
    }

type CarState = {
  draft: Draft
  notes: Note[]
  refusals: Refusal[]
  confirmed: boolean
}

/** The key with which a file confirms its VIN, like `confirmVin` in the API. It has no column. */
const CONFIRMATION = 'confirm_vin'

/**
 * Parses one file as a car. The time of the import limits the model year. Blank values and an empty
 * body count as absent; an empty list does not.
 */
export function toCar(
  source: { frontMatter: FrontMatter; body: string },
  context: ImportContext,
): CarFromFile {
  const state: CarState = { draft: {}, notes: [], refusals: [], confirmed: false }
  readConfirmation(source.frontMatter, context, state)
  for (const column of COLUMNS) readColumn(column, source.frontMatter, context, state)
  describeCar(source.body, state)
  const shortNumber = parseStockNumber(source.frontMatter.get('permalink'))
  if (shortNumber !== null) state.draft.stockNumber ??= shortNumber
  moveThumbnailFirst(state)
  const unmapped = listUnmappedKeys(source.frontMatter)
  const car = state.refusals.length === 0 ? completeCar(state.draft) : null
  if (car) return { car, notes: state.notes, unmapped }
  return { refusals: state.refusals, unmapped, vin: state.draft.vin }
}

function readConfirmation(frontMatter: FrontMatter, context: ImportContext, state: CarState): void {
  const raw = frontMatter.get(CONFIRMATION)
  if (isBlank(raw)) return
  const read = booleanParser()(raw, { ...context, key: CONFIRMATION })
  if ('value' in read) state.confirmed = read.value
  else state.refusals.push({ key: CONFIRMATION, value: formatRawValue(raw), reason: read.problem })
}

function readColumn(
  column: Column,
  frontMatter: FrontMatter,
  context: ImportContext,
  state: CarState,
): void {
  const { draft, notes, refusals, confirmed } = state
  const { key, field } = column
  const raw = frontMatter.get(key)
  if (isBlank(raw)) {
    const isRequired = REQUIRED_FIELDS.some((name) => name === field)
    if (isRequired)
      refusals.push({
        key,
        value: '',
        reason: `${key} is missing, and a car cannot be saved without it.`,
      })
    return
  }
  const place: FieldContext = {
    ...context,
    key,
    confirmed,
    ...(draft.year === undefined ? {} : { modelYear: draft.year }),
  }
  const values: Draft = {}
  const parsed = column.read(raw, place, values)
  if ('problem' in parsed) {
    refusals.push({ key, value: formatRawValue(raw), reason: parsed.problem })
  } else if (draft[field] !== undefined && !isSameValue(field, draft[field], values[field])) {
    const contradiction = `contradicts another key for the same column, ${field}`
    const reason = `${key} ${formatRaw(raw)} ${contradiction}; keep one.`
    refusals.push({ key, value: formatRawValue(raw), reason })
  } else {
    Object.assign(draft, values)
    notes.push(...(parsed.notes ?? []).map((message) => ({ key, message })))
  }
}

/** Sets the description to the text after the front matter. */
function describeCar(body: string, { draft, refusals }: CarState): void {
  const read = parseText(body, 'lines')
  if ('problem' in read)
    refusals.push({
      key: 'description',
      value: formatRawValue(body),
      reason: `The text below the front matter ${read.problem}.`,
    })
  else if (read.value !== '') draft.description = read.value
}

/** Moves the thumbnail to the beginning of the images, or adds it if the file does not list it. */
function moveThumbnailFirst({ draft, notes }: CarState): void {
  const { thumbnail, images } = draft
  if (thumbnail === undefined || images === undefined) return
  const index = images.indexOf(thumbnail)
  if (index !== 0) draft.images = [thumbnail, ...images.filter((_, position) => position !== index)]
  if (index < 0)
    notes.push({
      key: 'primary_image',
      message: 'primary_image was not among the images; it is saved as the first image.',
    })
}

function listUnmappedKeys(frontMatter: FrontMatter): string[] {
  const mapped = new Set([CONFIRMATION, ...COLUMNS.map(({ key }) => key)])
  return [...frontMatter.keys()].filter((key) => !mapped.has(key))
}

function formatRawValue(raw: FrontMatterValue): string {
  return typeof raw === 'string' ? raw.slice(0, 200) : formatRaw(raw)
}
