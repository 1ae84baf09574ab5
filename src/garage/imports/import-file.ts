import { APIError, type PayloadRequest } from 'payload'
import { auditOwnerAction } from '../../audit/owner-action.ts'
import { checkStorage, findLimitedOwner } from '../../auth/rate-limits/owner-limits.ts'
import { buildOwnerTag } from '../../cache/keys.ts'
import { getReadCache } from '../../cache/read-cache.ts'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import type { Vehicle } from '../../generated/payload-types.ts'
import { runInTransaction } from '../../owners/run-in-transaction.ts'
import { checkWriter } from '../../sharing/check-writer.ts'
import { describeReadingConflict } from '../domain/odometer-message.ts'
import { findCurrentReading, type Reading, spanDay, spanInstant } from '../domain/odometer.ts'
import type { OwnerUnits } from '../domain/units.ts'
import {
  findStations,
  type HistoryRow,
  type ImportTarget,
  insertImportedRows,
  loadHistory,
} from '../store/imports.ts'
import { loadMaintenanceSubtypes } from '../store/maintenance-subtypes.ts'
import { loadReadings, lockOdometer, saveOdometer } from '../store/odometer.ts'
import { moveSchedules } from '../store/schedules.ts'
import { findHistoryConflicts } from './domain/fit-history.ts'
import { describeIdentity, type KnownRow } from './domain/known-rows.ts'
import type { RefusedRow } from './domain/source-record.ts'
import { type ImportChoices, type ImportPlan, type PlannedRow, planImport } from './plan-import.ts'
import { RefusedImport } from './refused-import.ts'

type Database = Transaction['db']

/** A file to import, and what was chosen for it. */
export type ImportRequest = {
  vehicle: Vehicle
  units: OwnerUnits
  bytes: Uint8Array
  choices: ImportChoices
  /** Whether readings that do not fit the others of the vehicle are correct as they are. */
  confirmOdometer: boolean
}

const GONE =
  'This vehicle was deleted or transferred in the meantime. Nothing was imported. Your vehicles ' +
  'are listed at /api/vehicles.'

/** Reads a file and says what an import would add, without adding it. */
export async function previewImport(
  req: PayloadRequest,
  request: ImportRequest,
): Promise<ImportPlan> {
  return planFit(getTransaction(req).db, request)
}

/**
 * Adds the new rows of a file to a vehicle in one transaction, with the rules of single writes: all
 * of them are checked first, then the odometer and the schedules are computed once. Throws a 400
 * that lists the open questions.
 */
export async function importFile(req: PayloadRequest, request: ImportRequest): Promise<ImportPlan> {
  const { id: vehicle, userId } = request.vehicle
  const plan = await runInTransaction(req, async (db) => {
    if ((await lockOdometer(db, vehicle, userId)) === null)
      throw new APIError(GONE, 404, undefined, true)
    await checkWriter(req, { owner: userId, vehicle })
    const planned = await planFit(db, request)
    requireAnswers(planned)
    if (planned.added.length > 0) await addRows(req, { vehicle, userId }, planned.added)
    return planned
  })
  await getReadCache(req.payload).invalidate([buildOwnerTag(userId)])
  return plan
}

/** What a new row of a vehicle is compared with. */
export const describeKnownRow = (row: HistoryRow): KnownRow => ({
  id: row.id,
  fingerprint: row.fingerprint,
  identity: describeIdentity(row),
})

/**
 * Adds rows to a vehicle, and computes its odometer and its schedules once. Returns the IDs of the
 * rows by their fingerprints.
 */
export async function addHistoryRows(
  db: Database,
  target: ImportTarget,
  added: readonly PlannedRow[],
): Promise<ReadonlyMap<string, string>> {
  const ids = await insertImportedRows(db, target, added)
  const current = findCurrentReading(await loadReadings(db, target.vehicle))
  await saveOdometer(db, target.vehicle, Math.ceil(current?.miles ?? 0))
  await moveSchedules(db, target.vehicle)
  return ids
}

async function addRows(
  req: PayloadRequest,
  target: ImportTarget,
  added: readonly PlannedRow[],
): Promise<void> {
  await addHistoryRows(getTransaction(req).db, target, added)
  const owner = findLimitedOwner(req)
  if (owner !== null) await checkStorage(req, owner, true)
  await auditOwnerAction(req, {
    action: 'import',
    resourceType: 'vehicles',
    resource: target.vehicle,
    change: { owner: target.userId, fields: { importedRows: { from: null, to: added.length } } },
  })
}

/** Throws a 400 for a file that cannot be imported before questions are answered. */
function requireAnswers({ questions }: ImportPlan): void {
  if (questions.length === 0) return
  const list = questions.map(
    ({ option, question, choices }) =>
      `${question} Send ${option} in the URL, one of ` +
      `${choices.map(({ value }) => value).join(', ')}.`,
  )
  throw new RefusedImport(`Nothing was imported. ${list.join(' ')}`, { questions })
}

/** Plans an import and refuses the readings that do not fit, unless they are confirmed. */
async function planFit(
  db: Database,
  { vehicle, units, bytes, choices, confirmOdometer }: ImportRequest,
): Promise<ImportPlan> {
  const stored = (await loadHistory(db, vehicle.id)).map(describeKnownRow)
  const catalog = await loadMaintenanceSubtypes(db)
  const context = { units, catalog, stored, stations: new Set<string>() }
  const first = planImport(bytes, choices, context)
  const stations = await findStations(db, first.stations)
  const plan = stations.size > 0 ? planImport(bytes, choices, { ...context, stations }) : first
  if (confirmOdometer || plan.added.length === 0) return plan
  return refuseConflicts(plan, await loadReadings(db, vehicle.id), units)
}

function refuseConflicts(
  plan: ImportPlan,
  existing: readonly Reading[],
  { distance }: OwnerUnits,
): ImportPlan {
  const readings = plan.added.flatMap((planned, index) => readReading(planned, index) ?? [])
  const reasons = new Map(
    findHistoryConflicts(readings, existing).map(({ reading, conflict }) => [
      Number(reading.id),
      `odometer ${describeReadingConflict(reading, conflict, distance)}.`,
    ]),
  )
  const refused: RefusedRow[] = [...reasons].map(([index, reason]) => ({
    line: plan.added[index]?.line ?? 0,
    reasons: [reason],
  }))
  return {
    ...plan,
    added: plan.added.filter((_, index) => !reasons.has(index)),
    refused: [...plan.refused, ...refused].toSorted((one, other) => one.line - other.line),
  }
}

/** The odometer reading of a row to add, with its position as its ID; null without one. */
function readReading({ row }: PlannedRow, index: number): Reading | null {
  if (row.kind === 'schedule' || row.kind === 'cost') return null
  if (row.values.odometer === null) return null
  const taken =
    row.kind === 'fuel'
      ? { source: row.kind, ...spanInstant(new Date(row.values.dateTime)) }
      : { source: row.kind, ...spanDay(row.values.serviceDate) }
  return { id: String(index), miles: row.values.odometer, ...taken }
}
