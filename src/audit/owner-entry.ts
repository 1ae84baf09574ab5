import type { PayloadRequest } from 'payload'
import { getTransaction } from '../database/transaction.ts'
import { findActor } from './actor.ts'
import { type AuditEntry, writeActivity, writeAudit } from './entries.ts'
import { getOrigin } from './origin.ts'

/** An action on a row of an owner, whose subject is `userId`. */
export type OwnerAction = {
  action: string
  resourceType: string
  resource: string
  userId: string
}

/**
 * Writes the audit entry of an action on a row of an owner, in the transaction of the request: for
 * staff in both logs, for a garage admin in the one of admins, and for owners in none.
 */
export async function writeOwnerEntry(
  req: PayloadRequest,
  { action, resourceType, resource, userId }: OwnerAction,
): Promise<void> {
  const actor = findActor(req)
  if (!actor) return
  const change = { owner: userId }
  const entry: AuditEntry = { action, resourceType, resource, change, origin: getOrigin(req) }
  const transaction = getTransaction(req)
  if (actor.kind === 'staff') await writeActivity(transaction, actor.id, entry)
  await writeAudit(transaction, actor, entry)
}
