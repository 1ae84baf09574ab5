import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { forEveryActor } from '../../support/proof-everybody.ts'
import { openStage, type Stage } from '../../support/proof-stage.ts'
import { NONE, Tally } from '../../support/proof-tally.ts'
import { getCollection } from '../../support/proof-names.ts'
import { computeShareTried } from '../../support/sampling.ts'
import { plantEverywhere } from './planting.ts'
import { POLICY } from './policy.ts'
import { namedFor, WRITABLE } from './writable.ts'

/** One pair of asker and table in so many is tried in a run. */
const SHARE = 6

let stage: Stage
const tally = new Tally()

beforeAll(async () => {
  stage = await openStage()
}, 600_000)
afterAll(() => stage.close())

describe('the list of what may be written', () => {
  it('names only fields and collections that there are', () => {
    const stray = Object.keys(WRITABLE).flatMap((slug) => {
      const { flattenedFields } = getCollection(stage.forecourt.payload, slug)
      return namedFor(slug).filter(
        (name) => name !== 'password' && !flattenedFields.some((field) => field.name === name),
      )
    })
    expect(stray).toEqual([])
  })

  it('has a line for every table that somebody makes or changes rows of', () => {
    const written = Object.entries(POLICY).filter(
      ([, { create, update }]) => create.length + update.length > 0,
    )
    expect(Object.keys(WRITABLE).sort()).toEqual(written.map(([slug]) => slug).sort())
  })

  it('holds for every field, whoever says it, in new rows, in changes, in bulk and over GraphQL', async () => {
    expect(
      await forEveryActor(stage, tally, plantEverywhere, {
        slugs: Object.keys(WRITABLE),
        share: SHARE,
      }),
    ).toEqual(NONE)
  }, 1_500_000)

  it('lets nobody write a session into an account', async () => {
    expect(
      await stage.rows.query(`select * from users_sessions where id ilike '%forged%'`),
    ).toEqual([])
  })

  it('was tried with every field', () => {
    tally.printReport('mass assignment')
    const fields = stage.slugs.flatMap(
      (slug) => getCollection(stage.forecourt.payload, slug).flattenedFields,
    )
    expect(tally.cases).toBeGreaterThan(3 * fields.length * computeShareTried(SHARE))
  })
})
