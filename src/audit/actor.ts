import { type Caller, getIdentity } from '../access/identity.ts'

/** Whose deeds the trail keeps: members of staff, and garage admins by their subject. */
export type Actor = { kind: 'staff'; id: string } | { kind: 'garage admin'; subject: string }

/** Who asks, when the trail keeps what they do; null for owners, for nobody and for the system. */
export function findActor(req: Caller): Actor | null {
  const identity = getIdentity(req)
  if (identity.kind === 'staff') return { kind: 'staff', id: identity.id }
  return identity.kind === 'owner' && identity.garageAdmin
    ? { kind: 'garage admin', subject: identity.subject }
    : null
}

/** The actor as `admin_audit_logs` names them. */
export const formatActor = (actor: Actor) =>
  actor.kind === 'staff' ? `staff:${actor.id}` : actor.subject
