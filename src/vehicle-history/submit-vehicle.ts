import { APIError, type PayloadRequest } from 'payload'
import type { Account } from '../access/identity.ts'
import type { Transaction } from '../database/transaction.ts'
import { normalizeVin } from '../domain/vin.ts'
import { getDayInZone } from '../garage/domain/days.ts'
import { loadMaintenanceSubtypes } from '../garage/store/maintenance-subtypes.ts'
import { loadOwnerUnits } from '../garage/store/owner-units.ts'
import { auditSharing } from '../sharing/audit.ts'
import { lockOwnVehicle, requirePerson } from '../sharing/parties.ts'
import { createSubmission } from '../submissions/create-submission.ts'
import { chainRecords } from './domain/hash-chain.ts'
import { joinNames, type OfferedFacts, requireFacts } from './domain/missing-facts.ts'
import { buildSharedRecords, type SharedPart } from './domain/shared-records.ts'
import { hashText } from './sha256.ts'
import { saveHistory } from './store/histories.ts'
import { loadOfferedVehicle, type OfferedVehicle } from './store/offered-vehicle.ts'
import { loadSharedRows } from './store/owner-rows.ts'
import { linkVehicle, lockOpenSubmission } from './store/submissions.ts'

type Database = Transaction['db']

/** The most records that a history may have, so that a buyer can load it at once. */
const MAX_RECORDS = 20_000

/** The price of an owner for their vehicle, what they share of its history, and what they add. */
export type VehicleOffer = {
  price: number
  share: Readonly<Record<SharedPart, boolean>>
  notes?: string | undefined
  phone?: string | undefined
}

/** A submission as its owner gets it. Without a shared history, `head` is null. */
export type SubmittedVehicle = {
  reference: string
  url: string
  head: string | null
  records: number
}

const refuse = (message: string, status: number) => new APIError(message, status, undefined, true)

/**
 * Sends a vehicle of the caller to the dealership, with a frozen copy of the history that they
 * share, in one transaction. The vehicle is locked, so that of two requests one finds the other’s
 * submission. Throws 404 for a vehicle of somebody else, 403 for an owner whose address is not
 * verified, 400 for a vehicle that lacks a fact, and 409 for one that was sent already or sold.
 */
export async function submitVehicle(
  req: PayloadRequest,
  db: Database,
  account: Account,
  id: string,
  offer: VehicleOffer,
): Promise<SubmittedVehicle> {
  await lockOwnVehicle(db, account, id)
  const { email } = await requirePerson(db, account)
  const vehicle = await loadOfferedVehicle(db, id)
  const facts = await requireOfferable(db, id, vehicle)
  const submission = await createSubmission(req, {
    ...facts,
    confirmVin: true,
    trim: vehicle.trim,
    transmission: vehicle.transmission,
    exteriorColor: vehicle.color,
    askingPrice: offer.price,
    customerName: vehicle.owner,
    customerEmail: email,
    customerPhone: offer.phone ?? null,
    additionalNotes: offer.notes ?? null,
  })
  await linkVehicle(db, submission.id, { vehicle: id, owner: account.subject })
  const shared = await freezeHistory(db, {
    id,
    vin: normalizeVin(facts.vin),
    account,
    share: offer.share,
  })
  if (shared) await saveHistory(db, submission.id, shared)
  const { subject } = account
  await auditSharing(req, subject, { action: 'dealer_submit', vehicle: id, owner: subject })
  const { reference, url } = submission
  return { reference, url, head: shared?.head ?? null, records: shared?.records.length ?? 0 }
}

async function requireOfferable(
  db: Database,
  id: string,
  vehicle: OfferedVehicle,
): Promise<OfferedFacts> {
  const required = requireFacts(vehicle)
  if ('missing' in required)
    throw refuse(
      `This vehicle has no ${joinNames(required.missing)}. Add what is missing, with PATCH ` +
        `/api/vehicles/${id}, then send it again.`,
      400,
    )
  if (vehicle.soldDate !== null)
    throw refuse(
      `You sold this vehicle on ${vehicle.soldDate}. If you still have it, clear its sale date.`,
      409,
    )
  if ((await lockOpenSubmission(db, id)) !== null)
    throw refuse(
      'You have sent this vehicle to the dealer already. To change the offer, revoke it first, ' +
        `with DELETE /api/vehicles/${id}/submit-to-dealer.`,
      409,
    )
  return required.facts
}

type FrozenVehicle = {
  id: string
  vin: string
  account: Account
  share: VehicleOffer['share']
}

/** The chained records of what the owner shares; null if that is nothing. */
async function freezeHistory(db: Database, { id, vin, account, share }: FrozenVehicle) {
  if (!Object.values(share).includes(true)) return null
  const { timeZone } = await loadOwnerUnits(db, account.subject)
  const rows = await loadSharedRows(db, id, share, timeZone)
  const catalog = await loadMaintenanceSubtypes(db)
  const day = getDayInZone(new Date(), 'UTC')
  const records = chainRecords(buildSharedRecords({ vin, day }, rows, catalog), hashText)
  const head = records.at(-1)?.hash
  if (records.length > MAX_RECORDS || head === undefined)
    throw refuse(
      `A shared history has at most ${MAX_RECORDS} records, not ${records.length}. Share fewer ` +
        'parts of it.',
      400,
    )
  return { head, records }
}
