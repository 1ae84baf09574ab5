import type { PayloadRequest } from 'payload'
import { getTransaction } from '../database/transaction.ts'
import { findActor } from './actor.ts'
import { type AuditEntry, writeActivity, writeAudit } from './entries.ts'
import { getOrigin } from './origin.ts'

/**
 * Writes the entry of an action of staff or a garage admin on an owner's rows, in the transaction
 * of the request: staff to both audit logs, as for any change of such rows. Owners' own actions
 * have no entry.
 */
export async function auditOwnerAction(
  req: PayloadRequest,
  about: Omit<AuditEntry, 'origin' | 'target'>,
): Promise<void> {
  const actor = findActor(req)
  if (!actor) return
  const entry = { ...about, origin: getOrigin(req) }
  const transaction = getTransaction(req)
  if (actor.kind === 'staff') await writeActivity(transaction, actor.id, entry)
  await writeAudit(transaction, actor, entry)
}
