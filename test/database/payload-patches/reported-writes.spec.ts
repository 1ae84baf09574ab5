import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { CollectionAfterOperationHook } from 'payload'
import { reportWrites } from '../../../src/database/payload-patches/reported-writes.ts'
import { openPatchedPayload, type PatchedPayload } from '../../support/patched-payload.ts'

/** The writes that were reported, each with the number of notes that others saw then. */
let seen: Promise<{ collection: string; notes: number }>[]
/** What the patch said of each write. */
let changed: { data: unknown; result: unknown }[]
let stage: PatchedPayload
beforeAll(async () => {
  stage = await openPatchedPayload({
    collections: [
      {
        slug: 'notes',
        fields: [{ name: 'title', type: 'text' }],
        hooks: { afterOperation: [recordLastHook] },
      },
    ],
    patch: (adapter) =>
      reportWrites(adapter, {
        findTags: ({ collection, data, result }) => {
          changed.push({ data, result })
          return [collection]
        },
        report: (tags) => tags.forEach(recordWrite),
      }),
  })
})
afterAll(() => stage.close())
beforeEach(async () => {
  await stage.query('delete from notes')
  seen = []
  changed = []
})

const recordLastHook: CollectionAfterOperationHook = async ({ result }) => {
  recordWrite('the last hook')
  await Promise.all(seen)
  return result
}

function recordWrite(collection: string): void {
  const notes = stage.query('select from notes').then(({ length }) => length)
  seen.push(notes.then((count) => ({ collection, notes: count })))
}

const createNote = ({ payload }: PatchedPayload['bare']) =>
  payload.create({
    collection: 'notes' as never,
    data: { title: 'New' } as never,
    overrideAccess: true,
  })

describe('the patch reported-writes', () => {
  it('is needed while even the last hook of Payload runs before the COMMIT', async () => {
    await createNote(stage.bare)
    expect(await Promise.all(seen)).toEqual([{ collection: 'the last hook', notes: 0 }])
  })

  it('reports a write after its COMMIT', async () => {
    await createNote(stage.patched)
    expect((await Promise.all(seen)).at(-1)).toEqual({ collection: 'notes', notes: 1 })
  })

  it('tells what was written, and the row that it became', async () => {
    const { id } = (await createNote(stage.patched)) as { id: string }
    expect(changed).toEqual([
      {
        data: expect.objectContaining({ title: 'New' }),
        result: expect.objectContaining({ id, title: 'New' }),
      },
    ])
  })

  it('reports each tag of a transaction once', async () => {
    const { db } = stage.patched
    const id = await db.beginTransaction()
    for (const title of ['One', 'Two'])
      await db.create({ collection: 'notes', data: { title }, req: { transactionID: id } })
    expect(seen).toEqual([])
    await db.commitTransaction(id)
    expect(await Promise.all(seen)).toEqual([{ collection: 'notes', notes: 2 }])
  })

  it('does not report a write that was rolled back', async () => {
    const { db } = stage.patched
    const id = await db.beginTransaction()
    await db.create({ collection: 'notes', data: {}, req: { transactionID: id } })
    await db.rollbackTransaction(id)
    expect(seen).toEqual([])
  })
})
