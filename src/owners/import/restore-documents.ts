import { z } from 'zod'
import { type AccountImport, NO_VEHICLE } from './account-import.ts'

const DOCUMENT = z.looseObject({
  vehicle: z.string(),
  deletedAt: z.string().nullish(),
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
  const own = new Map(docs.map((doc) => [describeDocument({ ...doc }), doc]))
  for (const row of account.listRows('documents')) {
    const { success, data } = DOCUMENT.safeParse(row)
    const vehicle = success ? account.vehicles.get(data.vehicle) : undefined
    if (!success || vehicle === undefined) {
      account.refuse('documents', row, NO_VEHICLE)
      continue
    }
    const known = own.get(describeDocument({ ...row, vehicle }))
    if (known) {
      account.count('documents').known++
      if (!known.deletedAt) account.noteRow('documents', row.id, known.id)
      continue
    }
    const id = await account.create('documents', row, { vehicle })
    account.noteRow('documents', row.id, id)
    if (data.deletedAt) account.trashLater({ collection: 'documents', id })
  }
}
