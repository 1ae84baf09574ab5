/**
 * Who performed an action, as stored in the audit log: a staff member by ID, an owner by subject,
 * or a person whose account was purged.
 */
export type Actor =
  { kind: 'staff'; id: string } | { kind: 'owner'; subject: string } | { kind: 'purged' }

/** Parses `staff:<id>`, `purged|<hash>`, or the subject of an owner. */
export function parseActor(stored: string): Actor {
  if (stored.startsWith('staff:')) return { kind: 'staff', id: stored.slice('staff:'.length) }
  return stored.startsWith('purged|') ? { kind: 'purged' } : { kind: 'owner', subject: stored }
}
