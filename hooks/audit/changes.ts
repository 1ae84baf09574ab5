import type {
  CollectionAfterChangeHook,
  CollectionAfterDeleteHook,
  CollectionBeforeChangeHook,
  CollectionBeforeDeleteHook,
  PayloadRequest,
  SanitizedCollectionConfig,
} from 'payload'
import { actorOf } from '../../src/audit/actor.ts'
import { type Line, writeActivity, writeAudit } from '../../src/audit/lines.ts'
import { originOf } from '../../src/audit/origin.ts'
import { ownerField, ownerOf, storedValues, tellingOf } from '../../src/audit/telling.ts'
import { takenAlong } from '../../src/database/taken-along.ts'
import { transactionOf } from '../../src/database/transaction.ts'
import { actionOf, changedFields, type TrailChange } from '../../src/domain/trail-change.ts'

type Row = Record<string, unknown>

/** Remembers that a password comes with the write: Payload has turned it into a hash when the line is written. */
export const notePassword: CollectionBeforeChangeHook = ({ data, operation, originalDoc, req }) => {
  if (operation === 'update' && data['password']) req.context[`password of ${String(originalDoc.id)}`] = true
  return data
}

/** Counts what goes with a row while it is still there. */
export const countTaken: CollectionBeforeDeleteHook = async ({ collection, id, req }) => {
  if (!actorOf(req)) return
  const taken = await takenAlong(req, collection.slug, id)
  if (taken.length === 0) return
  req.context[`taken with ${collection.slug} ${id}`] = Object.fromEntries(taken.map(({ config, count }) => [config.slug, count]))
}

/** The line of a row that was made or changed, in the transaction that does it. */
export const writeChange: CollectionAfterChangeHook = async ({ collection, data, doc, operation, previousDoc, req }) => {
  if (!actorOf(req)) return
  const after = storedValues(collection, { ...(data as Row), ...(doc as Row) })
  const before = operation === 'create' ? {} : storedValues(collection, previousDoc as Row)
  const fields = changedFields(before, after, (name) => tellingOf(collection, name))
  const action = operation === 'create' ? 'create' : actionOf(collection.slug, fields)
  const password = action === 'update' && req.context[`password of ${String(doc.id)}`] === true
  const owner = ownerOf(collection, { ...(previousDoc as Row | undefined), ...(doc as Row) })
  await write(req, collection, doc.id, password ? 'password_change' : action, { ...(owner !== null && { owner }), fields })
}

/** The line of a row that was deleted, with what went along. */
export const writeDeletion: CollectionAfterDeleteHook = async ({ collection, doc, id, req }) => {
  if (!actorOf(req)) return
  const before = storedValues(collection, doc as Row)
  const after = Object.fromEntries(Object.keys(before).map((name) => [name, null]))
  const fields = changedFields(before, after, (name) => tellingOf(collection, name))
  const taken = req.context[`taken with ${collection.slug} ${id}`] as TrailChange['taken']
  const owner = ownerOf(collection, doc as Row)
  await write(req, collection, id, 'delete', { ...(owner !== null && { owner }), fields, ...(taken && { taken }) })
}

/**
 * Staff's deeds go to activity_logs, a garage admin's to admin_audit_logs; what staff do to rows of owners, or to who is a garage
 * admin, stands in both.
 */
async function write(
  req: PayloadRequest,
  collection: SanitizedCollectionConfig,
  id: unknown,
  action: string,
  change: TrailChange,
): Promise<void> {
  const actor = actorOf(req)
  if (!actor) return
  const ofAdmins = collection.slug === 'admin-users'
  const line: Line = { action, resourceType: collection.slug, resource: namedKey(collection, id), change, origin: originOf(req) }
  const transaction = transactionOf(req)
  if (actor.kind === 'staff') await writeActivity(transaction, actor.id, line)
  if (actor.kind === 'staff' && !ofAdmins && !ownerField(collection)) return
  await writeAudit(transaction, actor, { ...line, target: ofAdmins ? String(id) : null })
}

/** The key of a session opens an account, so only its beginning is told. */
const namedKey = ({ slug }: SanitizedCollectionConfig, id: unknown) => (slug === 'sessions' ? `${String(id).slice(0, 8)}…` : id)
