import { APIError, Forbidden, NotFound, type PayloadRequest } from 'payload'
import { permissions } from '../../access/permissions.ts'
import { countWrite, findLimitedOwner } from '../../auth/rate-limits/owner-limits.ts'
import { getTransaction } from '../../database/transaction.ts'
import { type AttachedFile, type FileParent, findFile } from '../store/attached-files.ts'

/** What a request does with the files of a row. */
type Intent = 'read' | 'write'

const MISSING: Readonly<Record<FileParent['collection'], string>> = {
  documents: 'You have no such document. Your documents are listed at /api/documents.',
  'fuel-logs': 'You have no such fuel log. Your fuel logs are listed at /api/fuel-logs.',
  'maintenance-logs':
    'You have no such maintenance log. Your logs are listed at /api/maintenance-logs.',
  vehicles: 'You have no such vehicle. Your vehicles are listed at /api/vehicles.',
}

const NO_FILE =
  'You have no such file. The files of a document are listed at /api/documents/:id/files.'

/**
 * Makes sure that the caller may read, or change, the row that files belong to: whoever may read it
 * may read its files, and whoever may change it may change them. Writes of owners are counted.
 * Throws 401, 403, 404 or 429. An admin's access is recorded.
 */
export async function checkParent(
  req: PayloadRequest,
  { collection, id }: FileParent,
  intent: Intent,
): Promise<void> {
  await req.payload
    .findByID({ collection, id, depth: 0, overrideAccess: false, req })
    .catch((error: unknown) => {
      throw error instanceof NotFound ? refuse(MISSING[collection]) : error
    })
  if (intent === 'read') return
  const access = await req.payload.collections[collection].config.access.update({ req, id })
  if (access === false) throw new Forbidden(req.t)
  const where = { and: [{ id: { equals: id } }, ...(access === true ? [] : [access])] }
  const { totalDocs } = await req.payload.count({ collection, where, overrideAccess: true, req })
  if (totalDocs === 0) throw new Forbidden(req.t)
  const owner = findLimitedOwner(req)
  if (owner !== null) await countWrite(req, owner)
}

/**
 * Loads a file that the caller may read, or change. Throws as `checkParent` does; a file of
 * somebody else is a 404, like one that does not exist.
 */
export async function loadRequestedFile(
  req: PayloadRequest,
  id: string,
  intent: Intent,
): Promise<AttachedFile> {
  if (!permissions.isOwnerOrAdmin({ req })) throw new Forbidden(req.t)
  const file = await findFile(getTransaction(req).db, id)
  if (!file || file.parent.collection === 'vehicles') throw refuse(NO_FILE)
  await checkParent(req, file.parent, intent).catch((error: unknown) => {
    throw error instanceof APIError && error.status === 404 ? refuse(NO_FILE) : error
  })
  return file
}

const refuse = (message: string) => new APIError(message, 404, undefined, true)
