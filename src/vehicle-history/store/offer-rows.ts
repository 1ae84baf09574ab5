import type { Transaction } from '../../database/transaction.ts'
import { listOwnSubmissions } from './submissions.ts'

/** The submissions of an owner for their export, with the records that they shared. */
export async function listOfferRows(db: Transaction['db'], owner: string) {
  const submissions = await listOwnSubmissions(db, owner)
  return submissions.map(({ submittedAt, records, ...submission }) => ({
    ...submission,
    submittedAt: new Date(submittedAt).toISOString(),
    records: records === null ? null : (JSON.parse(records) as unknown),
  }))
}
