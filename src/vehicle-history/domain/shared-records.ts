import type { DocumentType } from '../../documents/domain/document-details.ts'
import { getEconomyUnit, toEconomy } from '../../garage/domain/economy-units.ts'
import { assignTanks, type Fill, measureFills } from '../../garage/domain/fuel-economy.ts'
import { type FuelMeasure, type FuelType, getFillMeasure } from '../../garage/domain/fuel-types.ts'
import { normalizeWord } from '../../garage/domain/maintenance-words.ts'
import { resolveOwnerUnits } from '../../garage/domain/units.ts'

/** The parts of the history of a vehicle that its owner chooses to share, each with its records. */
export const SHARED_PARTS = {
  maintenance: 'maintenance',
  fuel: 'fuel',
  documents: 'document',
} as const

export type SharedPart = keyof typeof SHARED_PARTS

/** The kinds of records, besides the first one, which is about the vehicle. */
export type SharedKind = (typeof SHARED_PARTS)[SharedPart]

/** A maintenance job. `odometer` is in miles. The words are those of the catalog alone. */
export type MaintenanceRecord = {
  kind: 'maintenance'
  day: string
  odometer: number | null
  category: string
  subtypes: string[]
}

/**
 * A purchase of fuel. `odometer` is in miles; `economy` is what a full fill measured, in
 * `economyUnit`, null if it measured nothing.
 */
export type FuelRecord = {
  kind: 'fuel'
  day: string
  odometer: number | null
  fuelType: FuelType | null
  amount: number
  unit: FuelMeasure
  economy: number | null
  economyUnit: string
}

/** That a document exists, and when it is valid. */
export type DocumentRecord = {
  kind: 'document'
  type: DocumentType
  issuedDate: string | null
  expirationDate: string | null
}

export type SharedRecord = MaintenanceRecord | FuelRecord | DocumentRecord

/**
 * The first record: which vehicle, on which day the history was frozen, and how many records of
 * each shared kind follow. A kind that was not shared is not in `counts`.
 */
export type VehicleRecord = {
  kind: 'vehicle'
  vin: string
  day: string
  counts: Partial<Record<SharedKind, number>>
}

/** The rows of an owner that a history is made of. A part that is not shared is null. */
export type SharedRows = {
  maintenance: readonly Omit<MaintenanceRecord, 'kind'>[] | null
  fuel: readonly (Fill & { day: string })[] | null
  documents: readonly Omit<DocumentRecord, 'kind'>[] | null
}

/** The words of maintenance that everybody may read, as the catalog spells them. */
export type CatalogWord = { category: string; name: string }

/** What a maintenance job of a category outside the catalog is called. */
export const OTHER_CATEGORY = 'Other'

/** How economy is given: in miles per gallon, or per unit of what is not measured in gallons. */
const UNITS = resolveOwnerUnits({ unitSystem: 'imperial' })

/**
 * Builds the anonymous records of a history, the earliest first. A record has the members above and
 * nothing else of its row: no identifiers, names, places, amounts of money, files or free text.
 * Words of maintenance outside the catalog, which owners wrote themselves, are left out.
 */
export function buildSharedRecords(
  vehicle: { vin: string; day: string },
  { maintenance, fuel, documents }: SharedRows,
  catalog: readonly CatalogWord[],
): [VehicleRecord, ...SharedRecord[]] {
  const records: SharedRecord[] = [
    ...(maintenance ?? []).map((row) => buildMaintenanceRecord(row, catalog)),
    ...buildFuelRecords(fuel ?? []),
    ...(documents ?? []).map(buildDocumentRecord),
  ]
  const counts = {
    ...(maintenance && { maintenance: maintenance.length }),
    ...(fuel && { fuel: fuel.length }),
    ...(documents && { document: documents.length }),
  }
  const first: VehicleRecord = { kind: 'vehicle', vin: vehicle.vin, day: vehicle.day, counts }
  return [first, ...records.toSorted(compareRecords)]
}

function buildMaintenanceRecord(
  { day, odometer, category, subtypes }: Omit<MaintenanceRecord, 'kind'>,
  catalog: readonly CatalogWord[],
): MaintenanceRecord {
  const words = catalog.filter((word) => isSameWord(word.category, category))
  const names = words.map(({ name }) => name)
  const known = names.filter((name) => subtypes.some((subtype) => isSameWord(name, subtype)))
  return {
    kind: 'maintenance',
    day,
    odometer,
    category: words[0]?.category ?? OTHER_CATEGORY,
    subtypes: known,
  }
}

const isSameWord = (one: string, other: string) => normalizeWord(one) === normalizeWord(other)

function buildFuelRecords(rows: readonly (Fill & { day: string })[]): FuelRecord[] {
  const fills = assignTanks(rows)
  const economies = measureFills(fills)
  return fills.map((fill) => {
    const measure = getFillMeasure(fill)
    const consumption = economies.get(fill.id)?.consumption ?? null
    return {
      kind: 'fuel',
      day: fill.day,
      odometer: fill.odometer === null ? null : fill.odometer / 1000,
      fuelType: fill.fuelType,
      amount: fill.units / 1000,
      unit: measure,
      economy: consumption && toEconomy(consumption, measure, UNITS),
      economyUnit: getEconomyUnit(measure, UNITS),
    }
  })
}

const buildDocumentRecord = ({
  type,
  issuedDate,
  expirationDate,
}: Omit<DocumentRecord, 'kind'>): DocumentRecord => ({
  kind: 'document',
  type,
  issuedDate,
  expirationDate,
})

/** The day of a record, for its order and for messages; null for a document without one. */
export const getRecordDay = (record: SharedRecord): string | null =>
  record.kind === 'document' ? (record.issuedDate ?? record.expirationDate) : record.day

const compareRecords = (one: SharedRecord, other: SharedRecord): number =>
  compareTexts(getRecordDay(one) ?? '', getRecordDay(other) ?? '') ||
  compareTexts(one.kind, other.kind)

const compareTexts = (one: string, other: string) => (one < other ? -1 : Number(one > other))
