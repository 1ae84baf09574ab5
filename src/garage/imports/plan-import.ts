import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { MaintenanceSubtype } from '../domain/maintenance-words.ts'
import type { OwnerUnits } from '../domain/units.ts'
import type { Delimiter } from './domain/delimiter.ts'
import { detectFormat } from './domain/detect-format.ts'
import {
  type ChosenOptions,
  type DetectedOptions,
  detectOptions,
  type ImportQuestion,
  listOptionQuestions,
} from './domain/detect-options.ts'
import { describeRecords, findKnownRows, type KnownRow } from './domain/known-rows.ts'
import { createLocalClock } from './domain/local-time.ts'
import { readCost } from './domain/read-cost.ts'
import { type FillReading, readFill, type ReadResult } from './domain/read-fill.ts'
import {
  readSchedule,
  readService,
  type ServiceReading,
  type ServiceResult,
} from './domain/read-service.ts'
import {
  COST_ROW,
  describeRowProblems,
  FUEL_ROW,
  type ImportRow,
  SCHEDULE_ROW,
  SERVICE_ROW,
} from './domain/row-values.ts'
import type { ChosenCategories } from './domain/service-words.ts'
import type { ImportFormat, RefusedRow, SourceFile, SourceRecord } from './domain/source-record.ts'
import { readRows } from './read-rows.ts'
import {
  type ColumnChoices,
  mapColumns,
  type NamedColumns,
  nameColumns,
  readSource,
} from './read-source.ts'

/** What a person chose for an import; what is missing is detected. */
export type ImportChoices = ChosenOptions &
  ColumnChoices & {
    format?: ImportFormat | undefined
    delimiter?: Delimiter | undefined
    categories: ChosenCategories
  }

/** What a file is compared with: the owner's units, the catalog, and the rows of the vehicle. */
export type ImportContext = {
  units: OwnerUnits
  catalog: readonly MaintenanceSubtype[]
  stations: ReadonlySet<string>
  stored: readonly KnownRow[]
}

/** A row to add, with its line in the file. */
export type PlannedRow = {
  line: number
  fingerprint: string
  row: ImportRow
}

/** What was found out about a file. */
export type DetectedFile = DetectedOptions &
  NamedColumns & { format: ImportFormat; delimiter: Delimiter }

/** The outcome of reading a file: nothing is added while `questions` are open. */
export type ImportPlan = {
  detected: DetectedFile
  questions: ImportQuestion[]
  unknownWords: string[]
  /** The stations that rows of our own export name. */
  stations: string[]
  total: number
  added: PlannedRow[]
  /** The rows that are stored already: their lines, and the IDs of the stored rows. */
  known: { line: number; id: string }[]
  refused: RefusedRow[]
  warnings: { line: number; message: string }[]
}

/** Reads a file and decides for each of its rows whether it is added, known or refused. */
export function planImport(
  bytes: Uint8Array,
  choices: ImportChoices,
  context: ImportContext,
): ImportPlan {
  const { rows, delimiter } = readRows(bytes, choices.delimiter)
  const format = choices.format ?? detectFormat(rows)
  const columns = mapColumns(rows, format, choices)
  const file = readSource(rows, format, columns.mapping, choices.rows ?? null)
  const options = detectOptions(file, format, choices, context.units)
  const detected = { ...options, format, delimiter, ...nameColumns(rows, format, columns.mapping) }
  const questions = [...columns.questions, ...listOptionQuestions(options)]
  const total = file.records.length + file.refused.length
  const reading = buildReading(options, format, choices, context)
  const stations = file.records.flatMap(({ cells }) => cells.station ?? [])
  const start = { detected, questions, total, stations, refused: file.refused }
  if (reading === null || questions.length > 0)
    return { ...start, unknownWords: [], added: [], known: [], warnings: [] }
  return { ...start, ...planRecords(file, reading, context) }
}

type Reading = FillReading & ServiceReading

function buildReading(
  { decimal, dateOrder, distanceUnit, volumeUnit, timeZone }: DetectedOptions,
  format: ImportFormat,
  { categories }: ImportChoices,
  { catalog, stations }: ImportContext,
): Reading | null {
  if (decimal.value === null || dateOrder.value === null || timeZone.value === null) return null
  if (distanceUnit.value === null || volumeUnit.value === null) return null
  return {
    decimal: decimal.value,
    dates: { order: dateOrder.value, clock: createLocalClock(timeZone.value) },
    distance: distanceUnit.value,
    volume: volumeUnit.value,
    isOwnFormat: format === 'forecourt',
    catalog,
    stations,
    chosen: categories,
  }
}

function planRecords(
  file: SourceFile,
  reading: Reading,
  { stored }: ImportContext,
  fingerprints: readonly string[] = describeRecords(file.records).map(hashText),
): Omit<ImportPlan, 'detected' | 'questions' | 'total' | 'stations'> {
  const results = file.records.map((record) => readRecord(record, reading))
  const read: PlannedRow[] = []
  const refused = [...file.refused]
  const warnings: ImportPlan['warnings'] = []
  for (const [index, result] of results.entries()) {
    const line = file.records[index]?.line ?? 0
    if ('reasons' in result) {
      refused.push({ line, reasons: result.reasons })
      continue
    }
    read.push({ line, fingerprint: fingerprints[index] ?? '', row: result.row })
    warnings.push(...result.warnings.map((message) => ({ line, message })))
  }
  const known = findKnownRows(read, stored)
  const added = read.filter((_, index) => known[index] === null)
  const lines = new Set(added.map(({ line }) => line))
  const words = results.flatMap(({ unknownWord }) => unknownWord ?? [])
  return {
    unknownWords: [...new Set(words)],
    added,
    known: read.flatMap(({ line }, index) => {
      const id = known[index] ?? null
      return id === null ? [] : [{ line, id }]
    }),
    refused: refused.toSorted((one, other) => one.line - other.line),
    warnings: warnings.filter(({ line }) => lines.has(line)),
  }
}

/**
 * Decides the same for records with the values of our columns, which each have a fingerprint of
 * their own.
 */
export function planOwnRecords(
  records: readonly { record: SourceRecord; fingerprint: string }[],
  context: ImportContext,
): Pick<ImportPlan, 'added' | 'known' | 'refused'> {
  const file = { headers: [], records: records.map(({ record }) => record), refused: [] }
  const options = detectOptions(file, 'forecourt', {}, context.units)
  const choices = { mapping: {}, categories: new Map<string, string | null>() }
  const reading = buildReading(options, 'forecourt', choices, context)
  if (reading === null) throw new Error('Our own format has all of its options.')
  const fingerprints = records.map(({ fingerprint }) => fingerprint)
  return planRecords(file, reading, context, fingerprints)
}

type RecordResult = ReadResult<ImportRow> & Pick<ServiceResult, 'unknownWord'>

function readRecord(record: SourceRecord, reading: Reading): RecordResult {
  switch (record.kind) {
    case 'fuel':
      return checkRow(readFill(record, reading), FUEL_ROW, (values) => ({ kind: 'fuel', values }))
    case 'maintenance':
      return checkRow(readService(record, reading), SERVICE_ROW, (values) => ({
        kind: 'maintenance',
        values,
      }))
    case 'schedule':
      return checkRow(readSchedule(record, reading), SCHEDULE_ROW, (values) => ({
        kind: 'schedule',
        values,
      }))
    case 'cost':
      return checkRow(readCost(record, reading), COST_ROW, (values) => ({ kind: 'cost', values }))
  }
}

/** Checks the limits of the columns. */
function checkRow<Values>(
  result: ReadResult<Values> & Pick<ServiceResult, 'unknownWord'>,
  schema: z.ZodType<Values>,
  build: (values: Values) => ImportRow,
): RecordResult {
  if ('reasons' in result) return result
  const parsed = schema.safeParse(result.row)
  return parsed.success
    ? { row: build(parsed.data), warnings: result.warnings }
    : { reasons: describeRowProblems(parsed.error) }
}

/** The fingerprint of a text that identifies a record. */
export const hashText = (text: string): string => createHash('sha256').update(text).digest('hex')
