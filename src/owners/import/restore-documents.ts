import { z } from 'zod'
import { getService } from '../../services.ts'
import { type AccountImport, NO_VEHICLE } from './account-import.ts'
import { restoreFile } from './restore-files.ts'

const DOCUMENT = z.looseObject({
  vehicle: z.string(),
  deletedAt: z.string().nullish(),
  fileName: z.string().nullish(),
  contentType: z.string().nullish(),
})

/** What makes two documents of a vehicle the same. */
const describeDocument = (document: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(
    ['vehicle', 'title', 'documentType', 'issuedDate', 'expirationDate'].map(
      (name) => document[name] ?? null,
    ),
  )

/** Restores the documents that are missing. */
export async function restoreDocuments(account: AccountImport): Promise<void> {
  const { docs } = await account.req.payload.find({
    collection: 'documents',
    where: { userId: { equals: account.subject } },
    depth: 0,
    pagination: false,
    trash: true,
    overrideAccess: true,
    req: account.req,
  })
  const own = new Set(docs.map((doc) => describeDocument({ ...doc })))
  for (const row of account.listRows('documents')) {
    const { success, data } = DOCUMENT.safeParse(row)
    const vehicle = success ? account.vehicles.get(data.vehicle) : undefined
    if (!success || vehicle === undefined) account.refuse('documents', row, NO_VEHICLE)
    else if (own.has(describeDocument({ ...row, vehicle }))) account.count('documents').known++
    else {
      const id = await account.create('documents', row, { vehicle })
      const { contentType = null, fileName = null } = data
      account.fileOwners.set(String(row.id), { kind: 'document', id, contentType, fileName })
      if (data.deletedAt) account.trashLater({ collection: 'documents', id })
    }
  }
}

/** Restores the files of new rows; those of rows that were there stay as they are. */
export async function restoreFiles(account: AccountImport): Promise<void> {
  const { archive, db, fileOwners, mode, outcome, req } = account
  const storage = getService(req.payload, 'storages').owners
  for (const file of archive.files) {
    const owner = fileOwners.get(file.row)
    if (owner === undefined) outcome.files.skipped++
    else if (mode === 'preview') outcome.files.added++
    else {
      const key = await restoreFile(db, storage, owner, file)
      if (key === null) outcome.files.skipped++
      else {
        outcome.files.added++
        account.storedKeys.push(key)
      }
    }
  }
}
