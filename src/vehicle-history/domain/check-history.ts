import { z } from 'zod'
import { formatCount } from '../../domain/format-count.ts'
import { ALGORITHM, type HashText, hashRecord } from './hash-chain.ts'
import type { HistoryFile } from './history-file.ts'

type FileRecord = HistoryFile['records'][number]

/** A record with its place, from 1, and the hash that its content has. */
type CheckedRecord = { place: number; record: FileRecord; computed: string }

const FIRST_RECORD = z.object({
  kind: z.literal('vehicle'),
  vin: z.string(),
  day: z.string(),
  counts: z.record(z.string(), z.number()),
})

/** What the first record of an unaltered history says. */
export type HistorySummary = Omit<z.output<typeof FIRST_RECORD>, 'kind'>

/** What an unaltered history says, or in one sentence what was altered first, and where. */
export type CheckedHistory = { summary: HistorySummary } | { alteration: string }

/**
 * Checks a history: every record has the content of its hash and follows the one before it, and all
 * that the first record counts are there. Somebody who rebuilds the whole chain gets another head;
 * compare the head with one that was noted earlier.
 */
export function checkHistory(history: HistoryFile, hashText: HashText): CheckedHistory {
  const records = history.records.map((record, index) => ({
    place: index + 1,
    record,
    computed: hashRecord(record, hashText),
  }))
  const counted = findCounts(records[0])
  for (const checked of records) {
    const alteration =
      findAlteredContent(history, records, checked) ??
      findBrokenLink(history, records, checked, counted)
    if (alteration !== null) return { alteration }
  }
  return checkEnds(history, records)
}

/** How many records there must be; null if the first record does not say so. */
function findCounts(first: CheckedRecord | undefined): number | null {
  const { data } = FIRST_RECORD.safeParse(first?.record)
  return data ? 1 + sum(Object.values(data.counts)) : null
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)

function findAlteredContent(
  { head }: HistoryFile,
  records: readonly CheckedRecord[],
  checked: CheckedRecord,
): string | null {
  const { place, record, computed } = checked
  if (record['hash'] === computed) return null
  const next = records[place]?.record['previous'] ?? head
  const what = next === computed ? 'The hash of record' : 'Record'
  return (
    `${what} ${nameRecord(checked)} was altered: its content has the hash ${computed}, ` +
    `but the record says ${showHash(record['hash'])}.`
  )
}

function findBrokenLink(
  { head }: HistoryFile,
  records: readonly CheckedRecord[],
  checked: CheckedRecord,
  counted: number | null,
): string | null {
  const { place, record } = checked
  const before = records[place - 2]
  const { previous } = record
  const named = nameRecord(checked)
  if (previous === (before?.record['hash'] ?? null)) return null
  if (!before) return `The first record is missing: record ${named} follows another one.`
  const expected = records.find((one) => one.record['hash'] === previous)
  const misplaced = expected && findMisplaced(head, records, place, expected)
  if (misplaced) return `Record ${nameRecord(misplaced)} was added, or is out of order.`
  if (expected)
    return `Record ${named} is out of order: it belongs after record ${nameRecord(expected)}.`
  if (counted !== null && records.length < counted)
    return (
      `${formatCount(counted - records.length, 'record is', 'records are')} missing, the first ` +
      `one before record ${named}, which follows the hash ${showHash(previous)}.`
    )
  return (
    `Record ${nameRecord(before)} was altered and given another hash: ` +
    `record ${named} follows the hash ${showHash(previous)}.`
  )
}

/**
 * The record that does not belong where a record follows one that is further up: the record itself
 * if the others go on without it, else the first one in between; null if it follows a later one.
 */
function findMisplaced(
  head: string,
  records: readonly CheckedRecord[],
  place: number,
  expected: CheckedRecord,
): CheckedRecord | null {
  if (expected.place >= place) return null
  const goesOn = (records[place]?.record['previous'] ?? head) === records[place - 2]?.computed
  return (goesOn ? records[place - 1] : records[expected.place]) ?? null
}

function checkEnds(history: HistoryFile, records: readonly CheckedRecord[]): CheckedHistory {
  const { algorithm, head, vin } = history
  const last = records.at(-1)
  const { data } = FIRST_RECORD.safeParse(records[0]?.record)
  if (!data) return { alteration: 'The first record is not the one about the vehicle.' }
  const { counts, day } = data
  const miscounted = findMiscount(records, counts)
  if (miscounted !== null) return { alteration: miscounted }
  if (head !== last?.computed)
    return {
      alteration:
        `The head of the file was altered: it is ${showHash(head)}, but the last record has ` +
        `the hash ${last?.computed}.`,
    }
  if (vin !== data.vin)
    return { alteration: `The VIN of the file was altered: the records are about ${data.vin}.` }
  if (algorithm !== ALGORITHM)
    return { alteration: `The algorithm of the file was altered: it is ${ALGORITHM}.` }
  return { summary: { vin, day, counts } }
}

function findMiscount(
  records: readonly CheckedRecord[],
  counts: Readonly<Record<string, number>>,
): string | null {
  const [following, counted] = [records.length - 1, sum(Object.values(counts))]
  const difference = Math.abs(following - counted)
  const number = formatCount(difference, 'record', 'records')
  if (following < counted) return `${number} at the end ${difference === 1 ? 'is' : 'are'} missing.`
  if (following > counted) return `${number} at the end ${difference === 1 ? 'was' : 'were'} added.`
  const wrong = Object.keys(counts).find((kind) => countKind(records, kind) !== counts[kind])
  return wrong === undefined
    ? null
    : `The first record counts ${counts[wrong]} of ${wrong}, but there are ` +
        `${countKind(records, wrong)}.`
}

const countKind = (records: readonly CheckedRecord[], kind: string) =>
  records.filter(({ record }) => record['kind'] === kind).length

/** Names a record for a message: `3 (maintenance, 2026-02-01)`. */
function nameRecord({ place, record }: CheckedRecord): string {
  const day = record['day'] ?? record['issuedDate'] ?? record['expirationDate']
  const words = [record['kind'], day].filter(isPlainWord)
  return words.length === 0 ? String(place) : `${place} (${words.join(', ')})`
}

/** Whether a value of a file that may be forged can be printed. */
const isPlainWord = (value: unknown): value is string =>
  typeof value === 'string' && /^[\w-]{1,64}$/.test(value)

const showHash = (value: unknown): string => (isPlainWord(value) ? value : 'something else')
