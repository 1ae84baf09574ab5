import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { countEmptyPages } from '../../../src/database/payload-patches/empty-pages.ts'
import { MAKES_AND_CARS, saveCars } from '../../support/makes-and-cars.ts'
import {
  openPatchedPayload,
  type PatchedPayload,
  type SmallPayload,
} from '../../support/patched-payload.ts'

let stage: PatchedPayload
beforeAll(async () => {
  stage = await openPatchedPayload({ collections: MAKES_AND_CARS, patch: countEmptyPages })
  await saveCars(stage.bare, ['A', 'B', 'C'])
})
afterAll(() => stage.close())

const findPage = ({ db }: SmallPayload, page: number, make = 'Honda') =>
  db.find({ collection: 'cars', where: { 'make.name': { equals: make } }, limit: 2, page })

describe('the patch empty-pages', () => {
  it('is needed while Payload reports no rows on a page beyond the last one', async () => {
    expect(await findPage(stage.bare, 3)).toMatchObject({ docs: [], totalDocs: 0, page: 1 })
  })

  it('counts the rows of a list on a page beyond the last one', async () => {
    expect(await findPage(stage.patched, 3)).toMatchObject({
      docs: [],
      totalDocs: 3,
      totalPages: 2,
      page: 3,
      hasPrevPage: true,
      hasNextPage: false,
    })
  })

  it('leaves a list without rows and a page with rows as they are', async () => {
    expect(await findPage(stage.patched, 1, 'Ford')).toMatchObject({ totalDocs: 0, page: 1 })
    expect(await findPage(stage.patched, 2)).toEqual(await findPage(stage.bare, 2))
  })
})
