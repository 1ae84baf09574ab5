import { z } from 'zod'
import { type AccountImport, NO_VEHICLE } from './account-import.ts'
import { matchRows } from './match-rows.ts'

const DOCUMENT = z.looseObject({
  vehicle: z.string(),
  deletedAt: z.string().nullish(),
})

const FACTS = ['title', 'documentType', 'issuedDate', 'expirationDate']

/** What makes two documents of a vehicle the same: the ID, or else the facts. */
const nameDocument = (document: Readonly<Record<string, unknown>>): string[] =>
  [['id'], FACTS].map((names) =>
    JSON.stringify(['vehicle', ...names].map((name) => document[name] ?? null)),
  )

/** Restores the documents that are missing. */
export async function restoreDocuments(account: AccountImport): Promise<void> {
  const { docs } = await account.req.payload.find({
    collection: 'documents',
    where: { userId: { equals: account.subject } },
    sort: 'createdAt', // equal documents have the order in which an import created them
    depth: 0,
    pagination: false,
    trash: true,
    overrideAccess: true,
    req: account.req,
  })
  const archived = account.listRows('documents').flatMap((row) => {
    const { success, data } = DOCUMENT.safeParse(row)
    const vehicle = success ? account.vehicles.get(data.vehicle) : undefined
    if (!success || vehicle === undefined) account.refuse('documents', row, NO_VEHICLE)
    return success && vehicle !== undefined ? [{ row, data, vehicle }] : []
  })
  const matched = matchRows(
    archived.map((one) => ({
      row: one,
      names: nameDocument({ ...one.row, vehicle: one.vehicle }),
    })),
    docs.map((row) => ({ row, names: nameDocument({ ...row }) })),
  )
  for (const one of archived) {
    const { data, row, vehicle } = one
    const known = matched.get(one)
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
