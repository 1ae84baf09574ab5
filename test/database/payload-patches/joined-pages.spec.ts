import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { readJoinedPages } from '../../../src/database/payload-patches/joined-pages.ts'
import { MAKES_AND_CARS, saveCars } from '../../support/makes-and-cars.ts'
import {
  openPatchedPayload,
  type PatchedPayload,
  type SmallPayload,
} from '../../support/patched-payload.ts'

const TITLES = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K']
const MAKE = z.object({
  cars: z.object({ docs: z.array(z.object({ id: z.string() })), hasNextPage: z.boolean() }),
})

let stage: PatchedPayload
let make: string
let titles: Map<string, string>
beforeAll(async () => {
  stage = await openPatchedPayload({ collections: MAKES_AND_CARS, patch: readJoinedPages })
  make = await saveCars(stage.bare, TITLES)
  const rows = await stage.query<{ id: string; title: string }>('select id, title from cars')
  titles = new Map(rows.map(({ id, title }) => [id, title]))
})
afterAll(() => stage.close())

/** The titles on a page of the cars of the make, and whether there is another page. */
async function readPage({ db }: SmallPayload, limit: number, page: number) {
  const row = await db.findOne({
    collection: 'makes',
    where: { id: { equals: make } },
    joins: { cars: { limit, page, sort: 'title' } },
  })
  const { cars } = MAKE.parse(row)
  return { titles: cars.docs.map(({ id }) => titles.get(id)), hasNextPage: cars.hasNextPage }
}

describe('the patch joined-pages', () => {
  it('is needed while Payload leaves out rows from the third page on', async () => {
    expect((await readPage(stage.bare, 2, 2)).titles).toEqual(['C', 'D'])
    expect((await readPage(stage.bare, 2, 3)).titles).toEqual(['F', 'G'])
  })

  it.each([1, 2, 3, 4, 5])('reads every row once on pages of %i', async (limit) => {
    for (let page = 1; page <= Math.ceil(TITLES.length / limit) + 1; page++)
      expect(await readPage(stage.patched, limit, page)).toEqual({
        titles: TITLES.slice((page - 1) * limit, page * limit),
        hasNextPage: page * limit < TITLES.length,
      })
  })
})
