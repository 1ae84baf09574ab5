/** Who did something, as the audit log keeps them: a member of staff by their id, an owner by their subject, or one whose account is gone. */
export type Actor = { kind: 'staff'; id: string } | { kind: 'owner'; subject: string } | { kind: 'purged' }

/** Reads `staff:<id>`, `purged|<hash>`, or the subject of an owner. */
export function parseActor(written: string): Actor {
  if (written.startsWith('staff:')) return { kind: 'staff', id: written.slice('staff:'.length) }
  return written.startsWith('purged|') ? { kind: 'purged' } : { kind: 'owner', subject: written }
}
