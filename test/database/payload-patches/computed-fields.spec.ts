import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { CollectionConfig } from 'payload'
import {
  addComputedColumns,
  computeFields,
} from '../../../src/database/payload-patches/computed-fields.ts'
import { computed } from '../../../src/fields/computed.ts'
import {
  openPatchedPayload,
  type PatchedPayload,
  type SmallPayload,
} from '../../support/patched-payload.ts'

const BOXES: CollectionConfig = {
  slug: 'boxes',
  timestamps: false,
  fields: [
    { name: 'width', type: 'number' },
    { name: 'height', type: 'number' },
    computed(
      { name: 'area', type: 'number' },
      { sql: (box) => `${box}.width * ${box}.height`, read: () => true },
    ),
  ],
}

let stage: PatchedPayload
beforeAll(async () => {
  stage = await openPatchedPayload({
    collections: [BOXES],
    patch: computeFields,
    schema: { beforeSchemaInit: [], afterSchemaInit: [addComputedColumns] },
  })
  for (const width of [3, 1, 2])
    await stage.bare.db.create({ collection: 'boxes', data: { width, height: 10 } })
})
afterAll(() => stage.close())

const listAreas = async ({ db }: SmallPayload, query: object = {}) =>
  (await db.find({ collection: 'boxes', sort: '-area', limit: 2, ...query })).docs.map(
    ({ area }) => area,
  )

describe('the patch computed-fields', () => {
  it('is needed while Payload does not compute fields that are expressions', async () => {
    expect(await listAreas(stage.bare)).toEqual([undefined, undefined])
  })

  it('computes them for a page, sorts and filters by them', async () => {
    expect(await listAreas(stage.patched)).toEqual([30, 20])
    const where = { area: { less_than: 25 } }
    expect(await listAreas(stage.patched, { where })).toEqual([20, 10])
  })

  it('computes them for one row, and for a row that was just saved', async () => {
    const { db } = stage.patched
    const saved = await db.create({ collection: 'boxes', data: { width: 7, height: 2 } })
    expect(saved['area']).toBe(14)
    const where = { width: { equals: 7 } }
    expect(await db.findOne({ collection: 'boxes', where })).toMatchObject({ area: 14 })
  })
})
