import { normalizeWord } from '../../domain/maintenance-words.ts'
import type { ImportRow } from './row-values.ts'
import type { SourceRecord } from './source-record.ts'

/** A stored row, and what identifies it: its fingerprint, if it was imported, and its values. */
export type KnownRow = {
  id: string
  fingerprint: string | null
  identity: string
}

/** The cells that identify a record in its file: those that do not change when others are added. */
const IDENTIFYING = {
  fuel: ['date', 'time', 'odometer', 'trip', 'amount', 'price', 'total'],
  maintenance: ['date', 'odometer', 'total', 'category', 'title', 'subtypes'],
  schedule: ['category', 'subtypes', 'intervalMonths', 'intervalMiles'],
  cost: ['category', 'title', 'date', 'total', 'intervalMonths'],
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
  if (kind === 'cost') {
    const { amount, intervalMonths, startDate, title } = values
    return JSON.stringify([kind, values.kind, title, startDate, toCents(amount), intervalMonths])
  }
  const words = [normalizeWord(values.category), (values.subtypes ?? []).map(normalizeWord).sort()]
  if (kind === 'maintenance') {
    const { serviceDate, odometer, cost, shopName, notes } = values
    return JSON.stringify([kind, ...words, serviceDate, odometer, toCents(cost), shopName, notes])
  }
  return JSON.stringify([kind, ...words, values.intervalMonths, values.intervalMiles])
}

/**
 * Returns for each new row the ID of the stored row that it is, or null: the one with its
 * fingerprint, else another one with its values, each of which stands for one new row.
 */
export function findKnownRows(
  rows: readonly { fingerprint: string; row: ImportRow }[],
  stored: readonly KnownRow[],
): (string | null)[] {
  const byFingerprint = new Map(
    stored.flatMap(({ fingerprint, id }) => (fingerprint === null ? [] : [[fingerprint, id]])),
  )
  const matched = new Set(rows.map(({ fingerprint }) => fingerprint))
  const left = new Map<string, string[]>()
  for (const { fingerprint, id, identity } of stored)
    if (fingerprint === null || !matched.has(fingerprint)) {
      const same = left.get(identity)
      if (same) same.push(id)
      else left.set(identity, [id])
    }
  return rows.map(
    ({ fingerprint, row }) =>
      byFingerprint.get(fingerprint) ?? left.get(describeIdentity(row))?.shift() ?? null,
  )
}
