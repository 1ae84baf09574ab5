import { addHistoryRows, describeKnownRow } from '../../garage/imports/import-file.ts'
import { hashText, type ImportContext, planOwnRecords } from '../../garage/imports/plan-import.ts'
import { findStations, type HistoryRow, loadHistory } from '../../garage/store/imports.ts'
import { loadMaintenanceSubtypes } from '../../garage/store/maintenance-subtypes.ts'
import { loadOwnerUnits } from '../../garage/store/owner-units.ts'
import { type AccountImport, NO_VEHICLE } from './account-import.ts'
import {
  HISTORY_KINDS,
  HISTORY_TABLES,
  type HistoryTable,
  toSourceRecord,
} from './archived-history.ts'
import type { ArchivedRow } from './read-archive.ts'

/** A row of the history of a vehicle, and its table. */
type ArchivedEntry = { table: HistoryTable; row: ArchivedRow }

/** Restores the logs and schedules that are missing. Those that break a rule are refused. */
export async function restoreHistories(account: AccountImport): Promise<void> {
  const { db, subject } = account
  const units = await loadOwnerUnits(db, subject)
  const subtypes = await loadMaintenanceSubtypes(db)
  // Rows from before a subtype was retired can be restored.
  const catalog = subtypes.map((one) => ({ ...one, isActive: true }))
  const named = account.listRows('fuel-logs').map((row) => row['station'])
  const stations = await findStations(
    db,
    named.filter((station) => typeof station === 'string'),
  )
  const context = { units, catalog, stations, stored: [] }
  for (const [vehicle, entries] of groupByVehicle(account))
    await restoreHistory(account, vehicle, entries, context)
}

/** The rows by the vehicle here that they belong to. */
function groupByVehicle(account: AccountImport): Map<string, ArchivedEntry[]> {
  const byVehicle = new Map<string, ArchivedEntry[]>()
  for (const table of HISTORY_TABLES)
    for (const row of account.listRows(table)) {
      const vehicle = account.vehicles.get(String(row['vehicle']))
      if (vehicle === undefined) account.refuse(table, row, NO_VEHICLE)
      else {
        const entries = byVehicle.get(vehicle) ?? []
        entries.push({ table, row })
        byVehicle.set(vehicle, entries)
      }
    }
  return byVehicle
}

async function restoreHistory(
  account: AccountImport,
  vehicle: string,
  all: readonly ArchivedEntry[],
  context: ImportContext,
): Promise<void> {
  const history = await loadHistory(account.db, vehicle)
  const names = new Set(all.map(nameEntry))
  const stored = history.filter((row) => !names.has(nameRow(row))).map(describeKnownRow)
  const here = new Set(history.map(nameRow))
  const missing = all.filter((entry) => !here.has(nameEntry(entry)))
  const records = missing.map(({ row, table }, index) => ({
    record: toSourceRecord(table, row, index),
    fingerprint: hashText(`row ${row.id}`),
  }))
  const plan = planOwnRecords(records, { ...context, stored })
  countEntries(account, all, missing, plan)
  const target = { userId: account.subject, vehicle }
  const ids = plan.added.length > 0 ? await addHistoryRows(account.db, target, plan.added) : null
  const rows = [
    ...plan.known,
    ...plan.added.map(({ fingerprint, line }) => ({ line, id: ids?.get(fingerprint) })),
  ]
  for (const { line, id } of rows) noteEntry(account, missing[line], id)
  for (const entry of all)
    if (here.has(nameEntry(entry))) noteEntry(account, entry, String(entry.row.id))
}

/** The name of a row here, which a row of the archive has if it is the same. */
const nameRow = ({ id, kind }: Pick<HistoryRow, 'id' | 'kind'>): string => `${kind} ${id}`

const nameEntry = ({ row, table }: ArchivedEntry): string =>
  nameRow({ kind: HISTORY_KINDS[table], id: String(row.id) })

function noteEntry(account: AccountImport, entry?: ArchivedEntry, id?: string): void {
  if (entry && id !== undefined) account.noteRow(entry.table, entry.row.id, id)
}

/** Counts the rows of a vehicle. Those that are neither added nor refused are known. */
function countEntries(
  account: AccountImport,
  all: readonly ArchivedEntry[],
  missing: readonly ArchivedEntry[],
  { added, refused }: Pick<ReturnType<typeof planOwnRecords>, 'added' | 'refused'>,
): void {
  const addedEntries = new Set(added.map(({ line }) => missing[line]))
  const refusedEntries = new Map(refused.map(({ line, reasons }) => [missing[line], reasons]))
  for (const entry of all) {
    const reasons = refusedEntries.get(entry)
    if (reasons) account.refuse(entry.table, entry.row, ...reasons)
    else if (addedEntries.has(entry)) account.count(entry.table).added++
    else account.count(entry.table).known++
  }
}
