import type { DistanceUnit, LiquidUnit, OwnerUnits } from '../../domain/units.ts'
import type { ImportFormat, SourceFile, SourceRecord } from './source-record.ts'
import { detectUnits } from './unit-hints.ts'
import { DATE_ORDERS, type DateOrder, detectDateOrder } from './written-date.ts'
import { DECIMAL_SIGNS, type DecimalSign, detectDecimal } from './written-number.ts'

/** Where the value of an option comes from. */
export type OptionSource = 'chosen' | 'file' | 'owner'

/** An option of an import and where it comes from; null while a person has to choose it. */
export type DetectedOption<Value> = { value: Value | null; source: OptionSource }

/** The options of an import, as far as they are known. */
export type DetectedOptions = {
  decimal: DetectedOption<DecimalSign>
  dateOrder: DetectedOption<DateOrder>
  distanceUnit: DetectedOption<DistanceUnit>
  volumeUnit: DetectedOption<LiquidUnit>
  timeZone: DetectedOption<string>
}

/** What a person chose. */
export type ChosenOptions = {
  decimal?: DecimalSign | undefined
  dateOrder?: DateOrder | undefined
  distanceUnit?: DistanceUnit | undefined
  volumeUnit?: LiquidUnit | undefined
  timeZone?: string | undefined
}

/** What a person has to choose before the file can be imported. */
export type ImportQuestion = {
  option: string
  question: string
  choices: { value: string; label: string }[]
}

const NUMERIC = ['odometer', 'trip', 'amount', 'price', 'total'] as const

/** Finds the options of an import: as chosen, else as the file shows, else as the owner prefers. */
export function detectOptions(
  file: SourceFile,
  format: ImportFormat,
  chosen: ChosenOptions,
  owner: OwnerUnits,
): DetectedOptions {
  if (format === 'forecourt') return OWN_OPTIONS
  const hints = detectUnits(file.headers)
  const decimal = detectDecimal(listTexts(file.records, NUMERIC))
  const order = detectDateOrder(listTexts(file.records, ['date']))
  const volume = hints.volume === 'gallon' ? chooseGallon(owner) : hints.volume
  return {
    decimal: pick(chosen.decimal, decimal === 'unknown' ? null : decimal),
    dateOrder: pick(chosen.dateOrder, order === 'unknown' ? null : order),
    distanceUnit: pick(chosen.distanceUnit, hints.distance, owner.distance),
    volumeUnit: pick(chosen.volumeUnit, volume, owner.volume),
    timeZone: pick(chosen.timeZone, undefined, owner.timeZone),
  }
}

const fromFile = <Value>(value: Value): DetectedOption<Value> => ({ value, source: 'file' })

/** Our own export is in the units of the columns, and its times are in UTC. */
const OWN_OPTIONS: DetectedOptions = {
  decimal: fromFile('point'),
  dateOrder: fromFile('ymd'),
  distanceUnit: fromFile('mi'),
  volumeUnit: fromFile('gal_us'),
  timeZone: fromFile('UTC'),
}

const listTexts = (
  records: readonly SourceRecord[],
  fields: readonly (keyof SourceRecord['cells'])[],
): string[] => records.flatMap(({ cells }) => fields.flatMap((field) => cells[field] ?? []))

const chooseGallon = ({ volume }: OwnerUnits): LiquidUnit =>
  volume === 'gal_uk' ? 'gal_uk' : 'gal_us'

/** An undefined value is not in the file, so it is the owner's; null must be chosen. */
function pick<Value>(
  chosen: Value | undefined,
  found: Value | null | undefined,
  owner: Value | null = null,
): DetectedOption<Value> {
  if (chosen !== undefined) return { value: chosen, source: 'chosen' }
  return found === undefined ? { value: owner, source: 'owner' } : { value: found, source: 'file' }
}

const ORDER_LABELS: Readonly<Record<DateOrder, string>> = {
  ymd: 'Year, month, day',
  dmy: 'Day, month, year',
  mdy: 'Month, day, year',
}

const DECIMAL_LABELS: Readonly<Record<DecimalSign, string>> = {
  point: 'A point: 12.345 is about twelve',
  comma: 'A comma: 12,345 is about twelve',
}

/** The questions that are open: a value that can be read in two ways is never guessed. */
export function listOptionQuestions({ dateOrder, decimal }: DetectedOptions): ImportQuestion[] {
  const choose = <Value extends string>(
    values: readonly Value[],
    labels: Readonly<Record<Value, string>>,
  ) => values.map((value) => ({ value, label: labels[value] }))
  const order = {
    option: 'dateOrder',
    question: 'In which order are the numbers of a date? All dates of the file fit both.',
    choices: choose(
      DATE_ORDERS.filter((value) => value !== 'ymd'),
      ORDER_LABELS,
    ),
  }
  const sign = {
    option: 'decimal',
    question: 'Which sign is before the decimals of a number? The numbers fit both.',
    choices: choose(DECIMAL_SIGNS, DECIMAL_LABELS),
  }
  return [...(dateOrder.value === null ? [order] : []), ...(decimal.value === null ? [sign] : [])]
}
