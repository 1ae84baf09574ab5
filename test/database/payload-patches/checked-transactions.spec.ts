import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { CommitFailed } from '../../../src/database/commit.ts'
import { checkTransactions } from '../../../src/database/payload-patches/checked-transactions.ts'
import {
  openPatchedPayload,
  type PatchedPayload,
  type SmallPayload,
} from '../../support/patched-payload.ts'

let stage: PatchedPayload
beforeAll(async () => {
  const notes = { slug: 'notes', fields: [{ name: 'title', type: 'text' as const }] }
  stage = await openPatchedPayload({ collections: [notes], patch: checkTransactions })
  await stage.query(
    'alter table notes add constraint titles unique (title) deferrable initially deferred',
  )
})
afterAll(() => stage.close())
beforeEach(() => stage.query('delete from notes'))

const createNote = ({ db }: SmallPayload, transactionID: string) =>
  db.create({ collection: 'notes', data: { title: 'Same' }, req: { transactionID } })

const countNotes = async () => (await stage.query('select from notes')).length

/** Writes two notes with the same title, which the database refuses at the COMMIT. */
async function commitDuplicates(payload: SmallPayload): Promise<void> {
  const id = await payload.db.beginTransaction()
  await createNote(payload, id)
  await createNote(payload, id)
  await payload.db.commitTransaction(id)
}

describe('the patch checked-transactions', () => {
  it('is needed while Payload drops the error of a COMMIT', async () => {
    await commitDuplicates(stage.bare)
    expect(await countNotes()).toBe(0)
  })

  it('is needed while Payload runs a write of an ended transaction outside of it', async () => {
    const id = await stage.bare.db.beginTransaction()
    await stage.bare.db.rollbackTransaction(id)
    await createNote(stage.bare, id)
    expect(await countNotes()).toBe(1)
  })

  it('reports the error of a COMMIT', async () => {
    await expect(commitDuplicates(stage.patched)).rejects.toThrow(CommitFailed)
    expect(await countNotes()).toBe(0)
  })

  it('returns after a COMMIT that the database confirmed', async () => {
    const id = await stage.patched.db.beginTransaction()
    await createNote(stage.patched, id)
    await stage.patched.db.commitTransaction(id)
    expect(await countNotes()).toBe(1)
  })

  it('rejects a write of an ended transaction', async () => {
    const id = await stage.patched.db.beginTransaction()
    await stage.patched.db.rollbackTransaction(id)
    await expect(createNote(stage.patched, id)).rejects.toThrow(CommitFailed)
    expect(await countNotes()).toBe(0)
  })
})
