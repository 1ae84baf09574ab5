import { describeIdentity } from '../../garage/imports/domain/known-rows.ts'
import { addHistoryRows } from '../../garage/imports/import-file.ts'
import { hashText, type ImportContext, planOwnRecords } from '../../garage/imports/plan-import.ts'
import { findStations, loadHistory } from '../../garage/store/imports.ts'
import { loadMaintenanceSubtypes } from '../../garage/store/maintenance-subtypes.ts'
import { loadOwnerUnits } from '../../garage/store/owner-units.ts'
import { type AccountImport, NO_VEHICLE } from './account-import.ts'
import { HISTORY_TABLES, type HistoryTable, toSourceRecord } from './archived-history.ts'
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
  const archivedIds = new Set(all.map(({ row }) => String(row.id)))
  const ids = new Set(history.map(({ id }) => id))
  const stored = history
    .filter(({ id }) => !archivedIds.has(id))
    .map((row) => ({ fingerprint: row.fingerprint, identity: describeIdentity(row) }))
  const missing = all.filter(({ row }) => !ids.has(String(row.id)))
  const records = missing.map(({ row, table }, index) => ({
    record: toSourceRecord(table, row, index),
    fingerprint: hashText(`row ${row.id}`),
  }))
  const { added, refused } = planOwnRecords(records, { ...context, stored })
  countEntries(account, all, missing, { added, refused })
  if (added.length > 0)
    await addHistoryRows(account.db, { userId: account.subject, vehicle }, added)
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
