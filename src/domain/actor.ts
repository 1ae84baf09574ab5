/**
 * Who did something, as the audit log keeps them: a member of staff by their id, an owner by their
 * subject, or one whose account is gone.
 */
export type Actor =
  { kind: 'staff'; id: string } | { kind: 'owner'; subject: string } | { kind: 'purged' }

/** Reads `staff:<id>`, `purged|<hash>`, or the subject of an owner. */
export function parseActor(stored: string): Actor {
  if (stored.startsWith('staff:')) return { kind: 'staff', id: stored.slice('staff:'.length) }
  return stored.startsWith('purged|') ? { kind: 'purged' } : { kind: 'owner', subject: stored }
}
