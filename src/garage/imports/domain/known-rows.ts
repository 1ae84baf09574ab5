import { normalizeWord } from '../../domain/maintenance-words.ts'
import type { ImportRow } from './row-values.ts'
import type { SourceRecord } from './source-record.ts'

/** What identifies a stored row: its fingerprint, if it was imported, and its values. */
export type KnownRow = { fingerprint: string | null; identity: string }

/** The cells that identify a record in its file: those that do not change when others are added. */
const IDENTIFYING = {
  fuel: ['date', 'time', 'odometer', 'trip', 'amount', 'price', 'total'],
  maintenance: ['date', 'odometer', 'total', 'category', 'title', 'subtypes'],
  schedule: ['category', 'subtypes', 'intervalMonths', 'intervalMiles'],
} as const

/**
 * The texts whose hashes are the fingerprints of records. Records that are equal are numbered, so
 * that a file with two equal rows adds both, once.
 */
export function describeRecords(records: readonly SourceRecord[]): string[] {
  const seen = new Map<string, number>()
  return records.map(({ kind, cells }) => {
    const text = JSON.stringify([kind, ...IDENTIFYING[kind].map((field) => cells[field] ?? null)])
    const count = (seen.get(text) ?? 0) + 1
    seen.set(text, count)
    return count === 1 ? text : `${text} ${count}`
  })
}

const toThousandths = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 1000)

const toCents = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 100)

/** The values that make two rows of a vehicle the same event. */
export function describeIdentity(row: ImportRow): string {
  const { kind, values } = row
  if (kind === 'fuel') {
    const { dateTime, odometer, tripDistance, fuelUnits, totalCost } = values
    const distances = [toThousandths(odometer), toThousandths(tripDistance)]
    const fuel = [toThousandths(fuelUnits), toCents(totalCost)]
    return JSON.stringify([kind, Date.parse(dateTime), ...distances, ...fuel])
  }
  const words = [normalizeWord(values.category), (values.subtypes ?? []).map(normalizeWord).sort()]
  if (kind === 'maintenance') {
    const { serviceDate, odometer, cost, shopName, notes } = values
    return JSON.stringify([kind, ...words, serviceDate, odometer, toCents(cost), shopName, notes])
  }
  return JSON.stringify([kind, ...words, values.intervalMonths, values.intervalMiles])
}

/**
 * Returns which of the new rows are known: those with the fingerprint of a stored row, and then
 * those with the values of another stored row, each of which stands for one new row.
 */
export function findKnownRows(
  rows: readonly { fingerprint: string; row: ImportRow }[],
  stored: readonly KnownRow[],
): boolean[] {
  const byFingerprint = new Set(stored.flatMap(({ fingerprint }) => fingerprint ?? []))
  const matched = new Set(rows.map(({ fingerprint }) => fingerprint))
  const left = new Map<string, number>()
  for (const { fingerprint, identity } of stored)
    if (fingerprint === null || !matched.has(fingerprint))
      left.set(identity, (left.get(identity) ?? 0) + 1)
  return rows.map(({ fingerprint, row }) => {
    if (byFingerprint.has(fingerprint)) return true
    const identity = describeIdentity(row)
    const count = left.get(identity) ?? 0
    if (count > 0) left.set(identity, count - 1)
    return count > 0
  })
}
