import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { stabilizeOrder } from '../../../src/database/payload-patches/stable-order.ts'
import { MAKES_AND_CARS, saveCars } from '../../support/makes-and-cars.ts'
import {
  openPatchedPayload,
  type PatchedPayload,
  type SmallPayload,
} from '../../support/patched-payload.ts'

const MAKE = z.object({ cars: z.object({ docs: z.array(z.object({ id: z.string() })) }) })

let stage: PatchedPayload
let make: string
beforeAll(async () => {
  stage = await openPatchedPayload({ collections: MAKES_AND_CARS, patch: stabilizeOrder })
  make = await saveCars(stage.bare, ['Same', 'Same', 'Same'])
  await stage.query('update cars set created_at = now()')
})
afterAll(() => stage.close())

async function listCars({ db }: SmallPayload): Promise<string[]> {
  const { docs } = await db.find({ collection: 'cars', sort: 'title' })
  return docs.map(({ id }) => String(id))
}

async function listJoinedCars({ db }: SmallPayload): Promise<string[]> {
  const row = await db.findOne({
    collection: 'makes',
    where: { id: { equals: make } },
    joins: { cars: { sort: 'title' } },
  })
  return MAKE.parse(row).cars.docs.map(({ id }) => id)
}

/** Changes a column that the order does not depend on, of the car that is first in a list. */
const repaint = ([first]: readonly string[]) =>
  stage.query("update cars set color = 'red' where id = $1", [first])

describe('the patch stable-order', () => {
  it('is needed while Payload does not order equal rows', async () => {
    const before = await listCars(stage.bare)
    await repaint(before)
    expect(await listCars(stage.bare)).not.toEqual(before)
  })

  it.each([
    ['lists', listCars],
    ['joined lists', listJoinedCars],
  ])('orders equal rows of %s by their ID', async (_what, list) => {
    const before = await list(stage.patched)
    expect(before).toEqual(before.toSorted().toReversed())
    await repaint(before)
    expect(await list(stage.patched)).toEqual(before)
  })
})
