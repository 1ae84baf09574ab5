import { APIError, type PayloadRequest } from 'payload'
import { getReadCache } from '../cache/read-cache.ts'
import { buildOwnerTag } from '../cache/keys.ts'
import type { Account } from '../access/identity.ts'
import { checkStorage, findLimitedOwner } from '../auth/rate-limits/owner-limits.ts'
import { checkVehicleLimit } from '../auth/rate-limits/tier-limits.ts'
import type { Transaction } from '../database/transaction.ts'
import type { OwnerFiles, StoredFile } from '../owners/files.ts'
import { runInTransaction } from '../owners/run-in-transaction.ts'
import { withdrawVehicle } from '../vehicle-history/withdraw-vehicle.ts'
import { auditSharing } from './audit.ts'
import { buildTransferDone } from './domain/mails.ts'
import { findParty, notifyOwner, requirePerson } from './parties.ts'
import {
  findVehicleWithVin,
  moveVehicle,
  removeCosts,
  removeDocuments,
  removeReceipts,
} from './store/move-vehicle.ts'
import { lockPeople } from './store/people.ts'
import { findTransfer, deleteTransfer, type Transfer } from './store/transfers.ts'
import { lockVehicle } from './store/vehicles.ts'

type Database = Transaction['db']

const NO_TRANSFER =
  'There is no such offer for you, or it was accepted, withdrawn or expired. Yours are listed at ' +
  'GET /api/me/transfers.'

const refuse = (message: string, status: number) => new APIError(message, status, undefined, true)

/**
 * Transfers an offered vehicle to the caller: all or nothing. Both accounts and the vehicle are
 * locked, so of two acceptances, a withdrawal, a deletion and a purge, one comes first and the
 * others find what it left. If its owner sent the vehicle to the dealership, that is withdrawn.
 * Documents that stay behind are deleted, those in the trash always: their owner deleted them and
 * did not offer them. Their files are removed after the commit.
 */
export async function acceptTransfer(
  req: PayloadRequest,
  account: Account,
  id: string,
  files: OwnerFiles,
): Promise<Transfer> {
  const { transfer, removed } = await runInTransaction(req, (db) =>
    transferLocked(req, db, account, id),
  )
  await getReadCache(req.payload).invalidate([transfer.owner, account.subject].map(buildOwnerTag))
  for (const file of removed) await removeFile(req, files, file)
  return transfer
}

async function transferLocked(
  req: PayloadRequest,
  db: Database,
  account: Account,
  id: string,
): Promise<{ transfer: Transfer; removed: StoredFile[] }> {
  const { subject: to } = account
  const transfer = await lockTransfer(db, account, id)
  const recipient = await requirePerson(db, account)
  const { owner, title, vehicle, withCosts, withDocuments } = transfer
  if (owner === to) throw refuse('You made this offer. Only its recipient can accept it.', 403)
  await refuseSameVin(db, vehicle, to)
  const limited = findLimitedOwner(req)
  if (limited !== null) await checkVehicleLimit(req, limited)
  await deleteTransfer(db, id)
  await withdrawVehicle(req, db, vehicle)
  if (!withCosts) await removeCosts(db, vehicle)
  if (!withCosts || !withDocuments) await removeReceipts(db, vehicle)
  const removed = await removeDocuments(db, vehicle, withDocuments ? 'trashed' : 'all')
  await moveVehicle(db, req.payload, { vehicle, to })
  if (limited !== null) await checkStorage(req, limited, true)
  await auditSharing(req, to, { action: 'transfer_accept', vehicle, owner })
  const mail = buildTransferDone(title, { from: transfer.ownerEmail, to: recipient.email })
  for (const subject of [owner, to]) await notifyOwner(req, db, subject, mail)
  return { transfer, removed }
}

/**
 * The offer of a path, with both accounts and the vehicle locked. Throws 404 for everybody who is
 * no side of it.
 */
export async function lockTransfer(db: Database, account: Account, id: string): Promise<Transfer> {
  const party = await findParty(db, account)
  const found = await findTransfer(db, id, party)
  if (!found) throw refuse(NO_TRANSFER, 404)
  const { owner, vehicle } = found
  const isActive = owner === party.subject || (await lockPeople(db, [owner, party.subject]))
  await lockVehicle(db, vehicle)
  const transfer = isActive ? await findTransfer(db, id, party) : null
  if (transfer?.owner !== owner) throw refuse(NO_TRANSFER, 404)
  return transfer
}

async function refuseSameVin(db: Database, vehicle: string, to: string): Promise<void> {
  const vin = (await lockVehicle(db, vehicle))?.vin
  const title = vin ? await findVehicleWithVin(db, { owner: to, vin }) : null
  if (title === null) return
  throw refuse(
    `VIN ${vin} is already on your vehicle ${title}. Move that vehicle to the trash first.`,
    409,
  )
}

/** A file that cannot be removed now is an orphan, which the sweep of stored files removes. */
async function removeFile(req: PayloadRequest, files: OwnerFiles, file: StoredFile): Promise<void> {
  await files.remove(file).catch((error: unknown) =>
    req.payload.logger.warn({
      err: error,
      msg: `The file ${file.key} of a document that was left behind could not be removed.`,
    }),
  )
}
