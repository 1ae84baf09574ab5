import { type Caller, getIdentity } from '../access/identity.ts'
import { findGuest } from '../access/vehicle-access.ts'

/**
 * An actor in the audit log: a staff member, a garage admin by subject, or an owner who writes
 * another owner's rows, or shares or transfers a vehicle.
 */
export type Actor =
  { kind: 'staff'; id: string } | { kind: 'garage admin' | 'owner'; subject: string }

/**
 * The actor of a request whose actions are audited; null for owners in their own garage, anonymous
 * callers and the system.
 */
export function findActor(req: Caller): Actor | null {
  const identity = getIdentity(req)
  if (identity.kind === 'staff') return { kind: 'staff', id: identity.id }
  return identity.kind === 'owner' && identity.garageAdmin
    ? { kind: 'garage admin', subject: identity.subject }
    : null
}

/** Who writes a row: as findActor, or an owner who writes a row of somebody else as a guest. */
export function findWriter(req: Caller, owner: string | null): Actor | null {
  const guest = owner === null ? null : findGuest(req, owner)
  return guest === null ? findActor(req) : { kind: 'owner', subject: guest }
}

/** The actor as `admin_audit_logs` stores it. */
export const formatActor = (actor: Actor) =>
  actor.kind === 'staff' ? `staff:${actor.id}` : actor.subject
