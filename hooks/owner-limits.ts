import type {
  CollectionAfterChangeHook,
  CollectionBeforeOperationHook,
  CollectionConfig,
} from 'payload'
import { isExternalCall } from '../src/access/external-call.ts'
import { checkStorage, countWrite, findLimitedOwner } from '../src/auth/rate-limits/owner-limits.ts'

const WRITES = new Set(['create', 'update', 'updateByID', 'delete', 'deleteByID'])

/**
 * A collection whose writes by owners are counted, one per row of a bulk change, over REST and
 * GraphQL (429), and refused if the owner of the row stores too much (413), who
 * is not the writer of a shared vehicle’s row. Staff, garage admins and internal
 * calls are not limited.
 */
export function withOwnerLimits(collection: CollectionConfig): CollectionConfig {
  const { beforeOperation = [], afterChange = [] } = collection.hooks ?? {}
  const countWrites: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
    const owner = WRITES.has(operation) && isExternalCall(args) ? findLimitedOwner(req) : null
    if (owner !== null) await countWrite(req, owner)
    return args
  }
  const checkStored: CollectionAfterChangeHook = async ({ doc, operation, req }) => {
    const writer = findLimitedOwner(req)
    const { userId } = doc as { userId?: unknown }
    const owner = typeof userId === 'string' ? userId : writer
    if (writer !== null && owner !== null) await checkStorage(req, owner, operation === 'create')
    return doc as unknown
  }
  const hooks = {
    ...collection.hooks,
    beforeOperation: [countWrites, ...beforeOperation],
    afterChange: [...afterChange, checkStored],
  }
  return { ...collection, hooks }
}
