import type {
  CollectionAfterChangeHook,
  CollectionAfterDeleteHook,
  CollectionBeforeChangeHook,
  CollectionBeforeDeleteHook,
  PayloadRequest,
  SanitizedCollectionConfig,
} from 'payload'
import { type Actor, findActor, findWriter } from '../../src/audit/actor.ts'
import { type AuditEntry, writeActivity, writeAudit } from '../../src/audit/entries.ts'
import { getOrigin } from '../../src/audit/origin.ts'
import {
  findOwnerField,
  findOwner,
  getStoredValues,
  redactionFor,
} from '../../src/audit/redaction.ts'
import { countCascadeDeletes } from '../../src/database/cascade-deletes.ts'
import { getTransaction } from '../../src/database/transaction.ts'
import { getChangeAction, diffFields, type AuditChange } from '../../src/domain/audit-change.ts'

type Row = Record<string, unknown>

/**
 * Records that the write contains a password: Payload has hashed it before the entry is written.
 */
export const markPasswordChange: CollectionBeforeChangeHook = ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  if (operation === 'update' && data['password'])
    req.context[`password of ${String(originalDoc.id)}`] = true
  return data
}

/** Counts the rows that a deletion removes along with a row, while they still exist. */
export const countCascadedRows: CollectionBeforeDeleteHook = async ({ collection, id, req }) => {
  if (!findActor(req)) return
  const taken = await countCascadeDeletes(req, collection.slug, id)
  if (taken.length === 0) return
  req.context[`taken with ${collection.slug} ${id}`] = Object.fromEntries(
    taken.map(({ config, count }) => [config.slug, count]),
  )
}

/** Writes the entry of a row that was created or changed, in the same transaction. */
export const auditChange: CollectionAfterChangeHook = async ({
  collection,
  data,
  doc,
  operation,
  previousDoc,
  req,
}) => {
  const owner = findOwner(collection, { ...(previousDoc as Row | undefined), ...(doc as Row) })
  const actor = findWriter(req, owner)
  if (!actor) return
  const after = getStoredValues(collection, { ...(data as Row), ...(doc as Row) })
  const before = operation === 'create' ? {} : getStoredValues(collection, previousDoc as Row)
  const fields = diffFields(before, after, (name) => redactionFor(collection, name))
  const action = operation === 'create' ? 'create' : getChangeAction(collection.slug, fields)
  const password = action === 'update' && req.context[`password of ${String(doc.id)}`] === true
  await writeEntries(req, actor, collection, doc.id, password ? 'password_change' : action, {
    ...(owner !== null && { owner }),
    fields,
  })
}

/** Writes the entry of a deleted row, with the rows that were deleted along with it. */
export const auditDeletion: CollectionAfterDeleteHook = async ({ collection, doc, id, req }) => {
  const owner = findOwner(collection, doc as Row)
  const actor = findWriter(req, owner)
  if (!actor) return
  const before = getStoredValues(collection, doc as Row)
  const after = Object.fromEntries(Object.keys(before).map((name) => [name, null]))
  const fields = diffFields(before, after, (name) => redactionFor(collection, name))
  const taken = req.context[`taken with ${collection.slug} ${id}`] as AuditChange['taken']
  await writeEntries(req, actor, collection, id, 'delete', {
    ...(owner !== null && { owner }),
    fields,
    ...(taken && { taken }),
  })
}

/**
 * Staff actions are written to activity_logs, those of a garage admin or a guest to
 * admin_audit_logs; staff actions on owners' rows or on garage admins are written to both.
 */
async function writeEntries(
  req: PayloadRequest,
  actor: Actor,
  collection: SanitizedCollectionConfig,
  id: unknown,
  action: string,
  change: AuditChange,
): Promise<void> {
  const isAboutAdmins = collection.slug === 'admin-users'
  const entry: AuditEntry = {
    action,
    resourceType: collection.slug,
    resource: redactSessionKey(collection, id),
    change,
    origin: getOrigin(req),
  }
  const transaction = getTransaction(req)
  if (actor.kind === 'staff') await writeActivity(transaction, actor.id, entry)
  if (actor.kind === 'staff' && !isAboutAdmins && !findOwnerField(collection)) return
  await writeAudit(transaction, actor, { ...entry, target: isAboutAdmins ? String(id) : null })
}

/** The key of a session gives access to an account, so only its beginning is logged. */
const redactSessionKey = ({ slug }: SanitizedCollectionConfig, id: unknown) =>
  slug === 'sessions' ? `${String(id).slice(0, 8)}…` : id
