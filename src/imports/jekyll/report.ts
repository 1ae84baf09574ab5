/**
 * Formats the report of an import as plain text for a terminal: no line is longer than 120
 * characters, and no name is truncated.
 */
import type { FileOutcome, ImportReport } from './import.ts'
import { UNKNOWN_KEY, WITHOUT_COLUMN } from './mapping.ts'
import { layOutColumns, escapeInvisible, wrapText } from './text-layout.ts'

const WIDTH = 120
const MAX_NAME_WIDTH = 50
const OUTCOME_WIDTH = 'unchanged'.length
const KINDS = ['created', 'changed', 'unchanged', 'refused'] as const

/** Counts the files with each outcome. If any file is refused, the command exits with 1. */
export function countOutcomes({ outcomes }: ImportReport): Record<FileOutcome['kind'], number> {
  const counts = { created: 0, changed: 0, unchanged: 0, refused: 0 }
  for (const { kind } of outcomes) counts[kind]++
  return counts
}

/**
 * Every key without a column and the number of files that contain it, most frequent first. Includes
 * refused files.
 */
export function countUnmappedKeys({
  outcomes,
}: ImportReport): { key: string; files: number; why: string }[] {
  const files = new Map<string, number>()
  for (const key of outcomes.flatMap(({ unmapped }) => unmapped))
    files.set(key, (files.get(key) ?? 0) + 1)
  return [...files]
    .map(([key, count]) => ({ key, files: count, why: WITHOUT_COLUMN.get(key) ?? UNKNOWN_KEY }))
    .sort((a, b) => b.files - a.files || (a.key < b.key ? -1 : 1))
}

/** Every note once, with its files, most frequent first. */
export function groupNotes({ outcomes }: ImportReport): { message: string; files: string[] }[] {
  const groups = new Map<string, string[]>()
  for (const outcome of outcomes) {
    const notes = outcome.kind === 'refused' ? [] : outcome.notes
    for (const { message } of notes) {
      const files = groups.get(message) ?? []
      files.push(outcome.file)
      groups.set(message, files)
    }
  }
  return [...groups]
    .map(([message, files]) => ({ message, files }))
    .sort((a, b) => b.files.length - a.files.length)
}

/**
 * Renders the whole report: the outcome of each file, counts, keys without a column, notes, entries
 * that were not read, and cars that left the folder. Ends with a line break.
 */
export function renderReport(report: ImportReport): string {
  const title = `Import of ${report.folder}${report.dryRun ? ' (dry run: nothing was saved)' : ''}`
  const sections = [
    wrapText(title, WIDTH),
    renderOutcomes(report),
    renderCounts(report),
    renderKeys(report),
    renderNotes(report),
    renderSkipped(report),
    renderLeft(report),
  ]
  const filled = sections.filter((lines) => lines.length > 0)
  return `${filled.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function renderOutcomes({ outcomes }: ImportReport): string[] {
  const widths = [OUTCOME_WIDTH, computeNameWidth(outcomes.map(({ file }) => file)), WIDTH]
  return outcomes.flatMap((outcome) =>
    layOutColumns([outcome.kind, outcome.file, describeOutcome(outcome)], widths, WIDTH),
  )
}

/**
 * The lines next to the file's name: the car and the written columns, or every reason for the
 * refusal.
 */
function describeOutcome(outcome: FileOutcome): string {
  if (outcome.kind === 'refused') return outcome.refusals.map(({ reason }) => reason).join('\n')
  const { vin, year, make, model } = outcome.car
  const car = `${vin} ${year} ${make} ${model}`
  return outcome.kind === 'changed' ? `${car}\nchanged: ${outcome.fields.join(', ')}` : car
}

function renderCounts(report: ImportReport): string[] {
  const { length } = report.outcomes
  if (length === 0) return ['No markdown files: nothing to import.']
  const counts = countOutcomes(report)
  return [`${countFiles(length)}: ${KINDS.map((kind) => `${counts[kind]} ${kind}`).join(', ')}`]
}

function renderKeys(report: ImportReport): string[] {
  const keys = countUnmappedKeys(report)
  const widths = [computeNameWidth(keys.map(({ key }) => key)), '100000 files'.length, WIDTH]
  const lines = keys.flatMap(({ key, files, why }) =>
    layOutColumns([key, countFiles(files), why], widths, WIDTH - 2),
  )
  return renderSection('Keys without a column:', lines)
}

function renderNotes(report: ImportReport): string[] {
  const lines = groupNotes(report).flatMap(({ message, files }) => [
    ...wrapText(message, WIDTH - 2),
    ...wrapText(`${countFiles(files.length)}: ${files.join(', ')}`, WIDTH - 4).map(
      (line) => `  ${line}`,
    ),
  ])
  return renderSection('Saved with changes:', lines)
}

function renderSkipped({ skipped }: ImportReport): string[] {
  const reasons = [...new Set(skipped.map(({ why }) => why))]
  const named = (why: string): string =>
    skipped.flatMap((entry) => (entry.why === why ? [entry.name] : [])).join(', ')
  return renderSection(
    'Not read:',
    reasons.flatMap((why) => wrapText(`${why}: ${named(why)}`, WIDTH - 2)),
  )
}

function renderLeft({ left = [] }: ImportReport): string[] {
  const lines = left.flatMap(({ vin, stockNumber, title }) =>
    wrapText(
      `${title} (VIN ${vin}${stockNumber === null ? '' : `, stock number ${stockNumber}`})`,
      WIDTH - 2,
    ),
  )
  return renderSection(
    'Still available, but not in any readable file of this folder (mark sold cars as sold):',
    lines,
  )
}

function computeNameWidth(names: readonly string[]): number {
  return names.reduce(
    (widest, name) => Math.min(MAX_NAME_WIDTH, Math.max(widest, [...escapeInvisible(name)].length)),
    0,
  )
}

function renderSection(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)]
}

function countFiles(count: number): string {
  return count === 1 ? '1 file' : `${count} files`
}
