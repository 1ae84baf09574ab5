import { z } from 'zod'
import { amountToCents, centsToAmount } from '../../../domain/money.ts'
import { checkMaintenanceWords, type MaintenanceSubtype } from '../../domain/maintenance-words.ts'
import { type DistanceUnit, toWholeMiles } from '../../domain/units.ts'
import { CellReader, type CellReading } from './read-cells.ts'
import { joinNotes, type ReadResult, readTags } from './read-fill.ts'
import type { ScheduleRow, ServiceRow } from './row-values.ts'
import { type ChosenCategories, findServiceWords } from './service-words.ts'
import type { SourceRecord } from './source-record.ts'

/** How services are read: their cells, their unit, and the catalog of maintenance. */
export type ServiceReading = CellReading & {
  distance: DistanceUnit
  catalog: readonly MaintenanceSubtype[]
  chosen: ChosenCategories
}

/** The same as a ReadResult, with the word that a category must be chosen for. */
export type ServiceResult = ReadResult<ServiceRow> & { unknownWord?: string }

type Words = {
  category: string
  subtypes: string[] | null
  rest: readonly string[]
}

/** Reads a service as the API takes a maintenance log: with a category of the catalog. */
export function readService(record: SourceRecord, reading: ServiceReading): ServiceResult {
  const cells = new CellReader(record, reading)
  const serviceDate = cells.readDay('date')
  const odometer = cells.readDistance('odometer')
  const cost = cells.readNumber('total')
  cells.require('date', serviceDate)
  const words = readWords(record, cells, reading)
  const shopName = cells.readText('shop')
  const notes = cells.readText('notes', 'lines')
  if ('unknownWord' in words)
    return { reasons: [...cells.problems, words.reason], unknownWord: words.unknownWord }
  if (serviceDate === null || words.words === null || cells.problems.length > 0)
    return { reasons: cells.problems }
  const { category, subtypes, rest } = words.words
  const row = {
    serviceDate,
    odometer: odometer === null ? null : toWholeMiles(odometer, reading.distance),
    category,
    subtypes,
    cost: cost === null ? null : centsToAmount(amountToCents(cost)),
    shopName,
    notes: joinNotes(rest.join(', '), notes, readTags(cells)),
  }
  return { row, warnings: [] }
}

function readWords(
  record: SourceRecord,
  cells: CellReader,
  { catalog, chosen }: ServiceReading,
): { words: Words | null } | { unknownWord: string; reason: string } {
  if (record.cells.subtypes !== undefined || isListed(record, catalog))
    return { words: readListedWords(cells, catalog) }
  const { category, title } = record.cells
  const named = { ...(category && { category }), ...(title && { title }) }
  const found = findServiceWords(catalog, named, chosen)
  if ('unknown' in found)
    return { unknownWord: found.unknown, reason: describeUnknown(found.unknown) }
  if ('skipped' in found) {
    cells.problems.push(`${JSON.stringify(found.skipped)} is skipped, as you chose.`)
    return { words: null }
  }
  return { words: found }
}

const describeUnknown = (word: string): string =>
  word === ''
    ? 'The row names no maintenance. Choose a category for such rows, or skip them.'
    : `${JSON.stringify(word)} is not in the catalog of maintenance. Choose a category for it, ` +
      'or skip it.'

/** Whether a record has no title, and its category is one of the catalog. */
const isListed = ({ cells }: SourceRecord, catalog: readonly MaintenanceSubtype[]): boolean =>
  cells.title === undefined &&
  catalog.some(({ category, isActive }) => isActive && category === cells.category)

const MAX_SUBTYPES = 50
const SUBTYPES = z.array(z.string()).max(MAX_SUBTYPES)

/** The category and subtypes of our own export, which must be in the catalog. */
function readListedWords(cells: CellReader, catalog: readonly MaintenanceSubtype[]): Words | null {
  const category = cells.readText('category')
  cells.require('category', category)
  const subtypes = readSubtypes(cells)
  if (category === null || subtypes === undefined) return null
  const checked = checkMaintenanceWords(catalog, { category, subtypes }, null)
  if ('words' in checked) return { ...checked.words, rest: [] }
  cells.problems.push(...checked.errors.map(({ path, message }) => `${path} ${message}.`))
  return null
}

/** The list in the cell of the subtypes, as JSON; undefined if it is not one. */
function readSubtypes(cells: CellReader): string[] | null | undefined {
  const text = cells.readText('subtypes')
  if (text === null) return null
  const parsed = SUBTYPES.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  cells.problems.push(
    `subtypes must be a JSON list of at most ${MAX_SUBTYPES} texts, such as ["Oil change"].`,
  )
  return undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Reads a schedule of our own export. */
export function readSchedule(
  record: SourceRecord,
  reading: ServiceReading,
): ReadResult<ScheduleRow> {
  const cells = new CellReader(record, reading)
  const words = readListedWords(cells, reading.catalog)
  const anchor = cells.readText('anchor') ?? 'service'
  if (anchor !== 'service' && anchor !== 'fixed')
    cells.problems.push(`anchor must be service or fixed, not ${JSON.stringify(anchor)}.`)
  const row = {
    intervalMonths: cells.readNumber('intervalMonths'),
    intervalMiles: cells.readNumber('intervalMiles'),
    anchor: anchor === 'fixed' ? ('fixed' as const) : ('service' as const),
    enteredServiceDate: cells.readDay('lastServiceDate'),
    enteredServiceMileage: cells.readNumber('lastServiceMiles'),
    enteredDueDate: cells.readDay('nextDueDate'),
    enteredDueMileage: cells.readNumber('nextDueMiles'),
    dueSoonDays: cells.readNumber('dueSoonDays'),
    dueSoonMiles: cells.readNumber('dueSoonMiles'),
    emailNotifications: cells.readFlag('notify') ?? false,
    notes: cells.readText('notes', 'lines'),
  }
  if (words === null || cells.problems.length > 0) return { reasons: cells.problems }
  const { category, subtypes } = words
  return { row: { category, subtypes, ...row }, warnings: [] }
}
