import type { Payload, PayloadRequest } from 'payload'
import { removeDeletedFiles } from '../../documents/sweep-owner-files.ts'
import { buildDemoSubject } from '../../domain/demo-subject.ts'
import { addDays } from '../../garage/domain/days.ts'
import { listOwnedTables } from '../../owners/owned-tables.ts'
import { getService } from '../../services.ts'
import { buildInvitation, buildShareAccepted } from '../../sharing/domain/mails.ts'
import { runInTransaction } from '../transaction.ts'
import type { DemoOwner, DemoVehicle } from './demo-owner.ts'
import { demoOwners } from './demo-owners.ts'
import { attachDocumentFile, setVehiclePicture } from './files.ts'
import {
  buildCost,
  buildDocument,
  buildFuelLog,
  buildSchedule,
  buildService,
  buildVehicle,
  type OwnerContext,
  type VehicleContext,
} from './rows.ts'
import {
  deleteDemoGarage,
  isGarageMissing,
  recordDemoRow,
  recordGarage,
  type RemovedGarage,
  saveDemoMail,
  saveDemoShare,
} from './store.ts'

const DAY_MS = 86_400_000

/** A saved vehicle, and the files that are added to it once everything else is saved. */
type SavedVehicle = {
  id: string
  title: string
  addFiles: () => Promise<void>
}

/**
 * Gives the demo owners with vehicles and a year of history up to `now`, once and all of it or
 * nothing, unless somebody has vehicles. Every row passes the hooks of its collection. Returns the
 * number of vehicles.
 */
export async function loadDemoGarage(payload: Payload, now: Date): Promise<number> {
  if (!(await isGarageMissing(payload))) return 0
  return runInTransaction(payload, async (tx) => {
    await recordGarage(tx)
    const vehicles: SavedVehicle[] = []
    for (const owner of demoOwners) vehicles.push(...(await saveOwner(tx, owner, now)))
    const [shared] = vehicles
    if (shared) await shareVehicle(tx, shared, now)
    for (const { addFiles } of vehicles) await addFiles()
    return vehicles.length
  })
}

async function saveOwner(
  tx: PayloadRequest,
  { name, email, displayName, preferences, vehicles }: DemoOwner,
  now: Date,
): Promise<SavedVehicle[]> {
  const userId = buildDemoSubject(name)
  const profile = { auth0Sub: userId, email, displayName, emailVerified: true }
  const { id } = await tx.payload.create({
    collection: 'user-profiles',
    data: { ...profile, onboardingCompletedAt: now.toISOString() },
    depth: 0,
    overrideAccess: true,
    req: tx,
  })
  await recordDemoRow(tx, 'user_profiles', id)
  await tx.payload.create({
    collection: 'user-preferences',
    data: { userId, ...preferences },
    depth: 0,
    overrideAccess: true,
    req: tx,
  })
  const isMetric = preferences.unitSystem === 'metric'
  const owner: OwnerContext = { userId, isMetric, today: now.toISOString().slice(0, 10) }
  const saved: SavedVehicle[] = []
  for (const vehicle of vehicles) saved.push(await saveVehicle(tx, owner, vehicle))
  return saved
}

async function saveVehicle(
  tx: PayloadRequest,
  owner: OwnerContext,
  vehicle: DemoVehicle,
): Promise<SavedVehicle> {
  const { id, title } = await tx.payload.create({
    collection: 'vehicles',
    data: buildVehicle(owner, vehicle),
    depth: 0,
    overrideAccess: true,
    req: tx,
  })
  await recordDemoRow(tx, 'vehicles', id)
  const context: VehicleContext = { ...owner, vehicle: id }
  await saveHistory(tx, context, vehicle)
  const files = await savePapers(tx, context, vehicle)
  const addFiles = async () => {
    await setVehiclePicture(tx, id, vehicle.picture)
    for (const { document, file } of files) await attachDocumentFile(tx, document, file)
  }
  return { id, title: title ?? '', addFiles }
}

/** Saves what happened to a vehicle, and what is due, which follows from it. */
async function saveHistory(
  tx: PayloadRequest,
  context: VehicleContext,
  { fuel, services, schedules }: DemoVehicle,
): Promise<void> {
  const { payload } = tx
  for (const fill of fuel.fills) {
    const data = buildFuelLog(context, fuel, fill)
    await payload.create({ collection: 'fuel-logs', data, depth: 0, overrideAccess: true, req: tx })
  }
  for (const service of services) {
    const data = buildService(context, service)
    await payload.create({
      collection: 'maintenance-logs',
      data,
      depth: 0,
      overrideAccess: true,
      req: tx,
    })
  }
  for (const schedule of schedules) {
    const data = buildSchedule(context, schedule)
    await payload.create({
      collection: 'maintenance-schedules',
      data,
      depth: 0,
      overrideAccess: true,
      req: tx,
    })
  }
}

/** Saves the documents and the costs of a vehicle. Returns the files of the documents. */
async function savePapers(
  tx: PayloadRequest,
  context: VehicleContext,
  { documents, costs }: DemoVehicle,
): Promise<{ document: string; file: string }[]> {
  const { payload } = tx
  const files: { document: string; file: string }[] = []
  for (const document of documents) {
    const data = buildDocument(context, document)
    const { id } = await payload.create({
      collection: 'documents',
      data,
      depth: 0,
      overrideAccess: true,
      req: tx,
    })
    if (document.file !== undefined) files.push({ document: id, file: document.file })
  }
  for (const cost of costs) {
    const data = buildCost(context, cost)
    await payload.create({
      collection: 'ownership-costs',
      data,
      depth: 0,
      overrideAccess: true,
      req: tx,
    })
  }
  return files
}

/** The first owner shared their first vehicle with the second one, twelve days ago. */
async function shareVehicle(
  tx: PayloadRequest,
  { id, title }: SavedVehicle,
  now: Date,
): Promise<void> {
  const [owner, guest] = demoOwners
  const accepted = new Date(now.getTime() - 12 * DAY_MS)
  const invited = new Date(accepted.getTime() - DAY_MS)
  const expiresAt = new Date(`${addDays(invited.toISOString().slice(0, 10), 14)}T00:00:00Z`)
  const offer = { vehicle: title, from: owner.email, expiresAt }
  await saveDemoShare(tx, {
    vehicle: id,
    email: guest.email,
    guest: buildDemoSubject(guest.name),
    at: accepted,
  })
  const invitation = buildInvitation({ ...offer, role: 'viewer' })
  await saveDemoMail(tx, { ...invitation, to: guest.email, at: invited })
  const acceptance = buildShareAccepted(title, guest.email)
  await saveDemoMail(tx, { ...acceptance, to: owner.email, at: accepted })
}

/**
 * Removes the owners, vehicles and mails that the demo created, with the history and the files of
 * the vehicles.
 */
export async function removeDemoGarage(payload: Payload): Promise<RemovedGarage> {
  const removed = await runInTransaction(payload, (tx) =>
    deleteDemoGarage(tx, listOwnedTables(payload)),
  )
  const { owners } = getService(payload, 'storages')
  if (removed.vehicles > 0) await removeDeletedFiles(payload, owners, new AbortController().signal)
  return removed
}
