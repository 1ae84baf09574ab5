import { APIError, type PayloadRequest } from 'payload'
import type { Account } from '../access/identity.ts'
import { findListedNames } from '../catalog/list-choices.ts'
import type { Transaction } from '../database/transaction.ts'
import { accountAddressProblem } from '../domain/mail-address.ts'
import { lineInput } from '../domain/input-schemas.ts'
import { writeMail } from '../mail/write-mail.ts'
import { describeVehicle, normalizeAddress } from './domain/offers.ts'
import type { SharingMail } from './domain/mails.ts'
import { findPerson, type Person } from './store/people.ts'
import type { Party } from './store/shares.ts'
import { lockVehicle, type OfferedVehicle } from './store/vehicles.ts'

type Database = Transaction['db']

/** The e-mail address that a vehicle is shared with or offered to. */
export const ADDRESS = lineInput()
  .max(255)
  .superRefine((value, context) => {
    const problem = accountAddressProblem(value)
    if (problem !== null) context.addIssue(problem)
  })
  .overwrite(normalizeAddress)

const UNVERIFIED =
  'Verify your e-mail address first: other owners know you by it. To get the link again, send ' +
  'POST /api/auth/resend-verification.'
const NO_VEHICLE = 'You own no such vehicle. Your vehicles are listed at /api/vehicles.'

/** The calling owner. Throws 403 if their address is not verified. */
export async function requirePerson(db: Database, { subject }: Account): Promise<Person> {
  const person = await findPerson(db, subject)
  if (person?.isVerified) return person
  throw new APIError(UNVERIFIED, 403, undefined, true)
}

/** The calling owner as a side of shares: without their address unless it is verified. */
export async function findParty(db: Database, { subject }: Account): Promise<Party> {
  const person = await findPerson(db, subject)
  return { subject, email: person?.isVerified ? person.email : null }
}

/** Locks a vehicle of the caller. Throws 404, also for one that is only shared with them. */
export async function lockOwnVehicle(
  db: Database,
  { subject }: Account,
  id: string,
): Promise<OfferedVehicle> {
  const vehicle = await lockVehicle(db, id)
  if (vehicle?.owner === subject) return vehicle
  throw new APIError(NO_VEHICLE, 404, undefined, true)
}

/** Throws 400 if an owner offers something to themselves. */
export function requireOther({ email }: Person, to: string): void {
  if (email === to) throw new APIError(`${to} is your own address.`, 400, undefined, true)
}

/**
 * Names a vehicle in a mail to an address that may be a stranger's: in words of the catalog alone,
 * because its owner may have written anything as its make and model.
 */
export const describeToStranger = async (db: Database, vehicle: OfferedVehicle): Promise<string> =>
  describeVehicle({ year: vehicle.year, ...(await findListedNames(db, vehicle)) })

/** Writes a mail about a share or transfer to the outbox. */
export const sendSharingMail = (
  req: PayloadRequest,
  to: string,
  mail: SharingMail,
): Promise<string> => writeMail(req, { to, ...mail })

/** Writes it to an owner, if they are still active. */
export async function notifyOwner(
  req: PayloadRequest,
  db: Database,
  subject: string,
  mail: SharingMail,
): Promise<void> {
  const person = await findPerson(db, subject)
  if (person) await sendSharingMail(req, person.mailTo, mail)
}
