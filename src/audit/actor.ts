import { type Caller, getIdentity } from '../access/identity.ts'

/** An actor in the audit log: a staff member, or a garage admin by subject. */
export type Actor = { kind: 'staff'; id: string } | { kind: 'garage admin'; subject: string }

/**
 * The actor of a request whose actions are audited; null for owners, anonymous callers and the
 * system.
 */
export function findActor(req: Caller): Actor | null {
  const identity = getIdentity(req)
  if (identity.kind === 'staff') return { kind: 'staff', id: identity.id }
  return identity.kind === 'owner' && identity.garageAdmin
    ? { kind: 'garage admin', subject: identity.subject }
    : null
}

/** The actor as `admin_audit_logs` stores it. */
export const formatActor = (actor: Actor) =>
  actor.kind === 'staff' ? `staff:${actor.id}` : actor.subject
