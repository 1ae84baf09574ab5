import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Where } from 'payload'
import { searchListEntries } from '../../../src/database/payload-patches/list-operators.ts'
import { documentedSchema } from '../../../src/database/schema.ts'
import { textArray } from '../../../src/fields/lists.ts'
import { text } from '../../../src/fields/text.ts'
import {
  openPatchedPayload,
  type PatchedPayload,
  type SmallPayload,
} from '../../support/patched-payload.ts'

let stage: PatchedPayload
beforeAll(async () => {
  stage = await openPatchedPayload({
    collections: [
      { slug: 'notes', fields: [text('title', 20), textArray('tags', { max: 5, length: 20 })] },
    ],
    patch: searchListEntries,
    schema: documentedSchema,
  })
  for (const [title, tags] of [
    ['Rose', ['red', 'dark blue']],
    ['Sky', ['blue']],
    ['Grass', ['green']],
  ])
    await stage.bare.db.create({ collection: 'notes', data: { title, tags } })
})
afterAll(() => stage.close())

async function findTitles({ db }: SmallPayload, where: Where) {
  const { docs } = await db.find({ collection: 'notes', where, sort: 'title' })
  return docs.map(({ title }) => title)
}

const CONTAINS: Where = { tags: { contains: 'blue' } }
const IN: Where = { tags: { in: ['red', 'green'] } }

describe('the patch list-operators', () => {
  it('is needed while Payload compares a TEXT[] with a text', async () => {
    await expect(findTitles(stage.bare, CONTAINS)).rejects.toThrow()
    await expect(findTitles(stage.bare, IN)).rejects.toThrow()
  })

  it('finds rows whose list has an entry, or one of several', async () => {
    expect(await findTitles(stage.patched, CONTAINS)).toEqual(['Sky'])
    expect(await findTitles(stage.patched, IN)).toEqual(['Grass', 'Rose'])
  })

  it('leaves texts as they are', async () => {
    expect(await findTitles(stage.patched, { title: { contains: 'as' } })).toEqual(['Grass'])
    expect(await findTitles(stage.patched, { title: { in: ['Sky'] } })).toEqual(['Sky'])
  })
})
