import { completeCar, REQUIRED_FIELDS } from './car.ts'
import type { Car, Draft, Note, Refusal } from './car.ts'
import { readText } from '../../domain/written-text.ts'
import type { FrontMatter, FrontMatterValue } from './front-matter.ts'
import { sameValue } from './compare.ts'
import { COLUMNS, stockNumberOf } from './mapping.ts'
import type { Column } from './mapping.ts'
import { flag, isBlank, show } from './values.ts'
import type { Place } from './values.ts'

/**
 * What a file says: a car, or every reason why not. `unmapped` are the keys that went into no column. `vin` comes with refusals too
 * where it could be read, so that a second file of the same car is told from the first.
 */
export type CarFromFile =
  { car: Car; notes: Note[]; unmapped: string[] } | { refusals: Refusal[]; unmapped: string[]; vin: string | undefined }

type Reading = { draft: Draft; notes: Note[]; refusals: Refusal[]; confirmed: boolean }

/** The key by which a file vouches for its VIN, as `confirmVin` does in the API. It goes into no column. */
const CONFIRMATION = 'confirm_vin'

/** Reads one file as a car. `now` bounds the model year. Blank values and an empty body are "not said"; an empty list is said. */
export function toCar(source: { frontMatter: FrontMatter; body: string }, now: Date): CarFromFile {
  const reading: Reading = { draft: {}, notes: [], refusals: [], confirmed: false }
  readConfirmation(source.frontMatter, now, reading)
  for (const column of COLUMNS) readColumn(column, source.frontMatter, now, reading)
  describeCar(source.body, reading)
  const shortNumber = stockNumberOf(source.frontMatter.get('permalink'))
  if (shortNumber !== null) reading.draft.stockNumber ??= shortNumber
  leadWithThumbnail(reading)
  const unmapped = unmappedKeys(source.frontMatter)
  const car = reading.refusals.length === 0 ? completeCar(reading.draft) : null
  if (car) return { car, notes: reading.notes, unmapped }
  return { refusals: reading.refusals, unmapped, vin: reading.draft.vin }
}

function readConfirmation(frontMatter: FrontMatter, now: Date, reading: Reading): void {
  const raw = frontMatter.get(CONFIRMATION)
  if (isBlank(raw)) return
  const read = flag()(raw, { key: CONFIRMATION, now })
  if ('value' in read) reading.confirmed = read.value
  else reading.refusals.push({ key: CONFIRMATION, value: shown(raw), reason: read.problem })
}

function readColumn(column: Column, frontMatter: FrontMatter, now: Date, reading: Reading): void {
  const { draft, notes, refusals, confirmed } = reading
  const { key, field } = column
  const raw = frontMatter.get(key)
  if (isBlank(raw)) {
    const isRequired = REQUIRED_FIELDS.some((name) => name === field)
    if (isRequired) refusals.push({ key, value: '', reason: `${key} is missing, and no car is kept without it.` })
    return
  }
  const place: Place = { key, now, confirmed, ...(draft.year === undefined ? {} : { modelYear: draft.year }) }
  const said: Draft = {}
  const parsed = column.read(raw, place, said)
  if ('problem' in parsed) {
    refusals.push({ key, value: shown(raw), reason: parsed.problem })
  } else if (draft[field] !== undefined && !sameValue(field, draft[field], said[field])) {
    const reason = `${key} ${show(raw)} contradicts another key of the same column, ${field}; leave one.`
    refusals.push({ key, value: shown(raw), reason })
  } else {
    Object.assign(draft, said)
    notes.push(...(parsed.notes ?? []).map((message) => ({ key, message })))
  }
}

/** The text under the front matter is the description. */
function describeCar(body: string, { draft, refusals }: Reading): void {
  const read = readText(body, 'lines')
  if ('problem' in read) refusals.push({ key: 'description', value: shown(body), reason: `The text below ${read.problem}.` })
  else if (read.value !== '') draft.description = read.value
}

/** The thumbnail is the first of the images, also where the file lists it later or not at all. */
function leadWithThumbnail({ draft, notes }: Reading): void {
  const { thumbnail, images } = draft
  if (thumbnail === undefined || images === undefined) return
  const place = images.indexOf(thumbnail)
  if (place !== 0) draft.images = [thumbnail, ...images.filter((_, index) => index !== place)]
  if (place < 0) notes.push({ key: 'primary_image', message: 'primary_image was not among the images; it is kept as the first.' })
}

function unmappedKeys(frontMatter: FrontMatter): string[] {
  const mapped = new Set([CONFIRMATION, ...COLUMNS.map(({ key }) => key)])
  return [...frontMatter.keys()].filter((key) => !mapped.has(key))
}

function shown(raw: FrontMatterValue): string {
  return typeof raw === 'string' ? raw.slice(0, 200) : show(raw)
}
