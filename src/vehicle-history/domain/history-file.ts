import { z } from 'zod'
import { formatCanonicalJson } from '../../domain/canonical-json.ts'

/**
 * The history of a car, as the API gives it to a buyer. Only the outline is checked here: what the
 * records contain is covered by their hashes.
 */
const HISTORY = z.strictObject({
  vin: z.string(),
  algorithm: z.string(),
  head: z.string(),
  records: z.array(z.record(z.string(), z.unknown())).min(1),
})

export type HistoryFile = z.output<typeof HISTORY>

/** Formats a history as the API sends it, and as `parseHistoryFile` expects it. */
export const formatHistoryFile = (history: HistoryFile): string => formatCanonicalJson(history)

/** White space between the parts of a JSON text, and its strings, which keep theirs. */
const STRING_OR_SPACE = /("(?:[^"\\]|\\.)*")|\s+/g

/** The place between two records. */
const BETWEEN_RECORDS = /(?<=\})\s*,\s*(?=\{)/g

/**
 * Reads a file of a history. It may be indented, but must otherwise have the same text as the
 * response of the API: a repeated member, for example, could show a reader something else than what
 * its hash covers.
 */
export function parseHistoryFile(text: string): { history: HistoryFile } | { problem: string } {
  const read = readJson(text)
  if ('problem' in read) return read
  const { data, error } = HISTORY.safeParse(read.value)
  if (error) return { problem: `The file is not a history of a car: ${formatIssue(error)}.` }
  const written = text.trim().replaceAll(STRING_OR_SPACE, '$1')
  const expected = formatHistoryFile(data)
  if (written === expected) return { history: data }
  return {
    problem:
      `${describePlace(written, findDifference(written, expected))} is not written as the API ` +
      'writes it. Save the response of GET /api/inventory/:id/history again, unchanged.',
  }
}

function readJson(text: string): { value: unknown } | { problem: string } {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return { problem: `${describeBrokenPart(text)} is not JSON: it was altered or cut off.` }
  }
}

/** Names the first record of a broken file that is not JSON itself, else the file around them. */
function describeBrokenPart(text: string): string {
  const [, records] = /"records"\s*:\s*\[(.*)/s.exec(text) ?? []
  const parts = records?.replace(/\]\s*,\s*"vin".*$/s, '').split(BETWEEN_RECORDS) ?? []
  const broken = parts.findIndex((part) => !isJson(part))
  return broken === -1 ? 'The file, outside its records,' : `Record ${broken + 1}`
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The first position at which two different texts differ. */
function findDifference(one: string, other: string): number {
  let position = 0
  while (position < one.length && one[position] === other[position]) position += 1
  return position
}

/** Names the record of a position in a text, or what is before the first one. */
function describePlace(text: string, position: number): string {
  const before = text.slice(0, position)
  const isInRecords = before.includes('"records"')
  const record = (before.match(BETWEEN_RECORDS)?.length ?? 0) + 1
  return isInRecords
    ? `Record ${record}, at character ${position + 1} of the file,`
    : `The beginning of the file, at character ${position + 1},`
}

function formatIssue(error: z.ZodError): string {
  const [issue] = error.issues
  return issue ? `${issue.path.join('.') || 'the whole'}: ${issue.message}` : 'it is empty'
}
