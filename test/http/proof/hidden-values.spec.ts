import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { FlattenedField } from 'payload'
import { forEveryActor } from '../../support/proof-everybody.ts'
import { openStage, type Stage } from '../../support/proof-stage.ts'
import { NONE, Tally } from '../../support/proof-tally.ts'
import { getCollection } from '../../support/proof-names.ts'
import { computeShareTried } from '../../support/sampling.ts'
import { guessEverything } from './guessing.ts'
import { HIDDEN } from './policy.ts'

/** One pair of asker and table in so many is tried in a run. */
const SHARE = 6

let stage: Stage
const tally = new Tally()

beforeAll(async () => {
  stage = await openStage()
  for (const slug of stage.slugs)
    if (slug !== 'users' && slug !== 'user-profiles') await stage.rows.save(slug, 'nobody')
  const [car] = stage.rows.of('inventory')
  for (let i = 0; i < 2; i++)
    await stage.rows.save('market-price-history', 'nobody', 'plain', { inventory_id: car?.id })
}, 600_000)
afterAll(() => stage.close())

/** Whether a field is not for everybody who may read its row. */
async function hides(field: FlattenedField): Promise<boolean> {
  const read = 'access' in field ? field.access.read : undefined
  const nobody = {
    req: { user: null },
    data: {},
    doc: {},
    siblingData: {},
  } as unknown as Parameters<NonNullable<typeof read>>[0]
  return (
    ('hidden' in field && field.hidden === true) || (read !== undefined && !(await read(nobody)))
  )
}

describe('what is hidden', () => {
  it('is in the policy, whenever a field says so itself', async () => {
    const unsaid: string[] = []
    for (const slug of stage.slugs)
      for (const field of getCollection(stage.forecourt.payload, slug).flattenedFields)
        if ((await hides(field)) && !(field.name in (HIDDEN[slug] ?? {})))
          unsaid.push(`${slug}.${field.name}`)
    expect(unsaid).toEqual([])
  })

  it('cannot be guessed by filters, orders, counts, joins, selections or changes in bulk', async () => {
    expect(await forEveryActor(stage, tally, guessEverything, { share: SHARE })).toEqual(NONE)
    tally.printReport('oracles')
    expect(tally.cases).toBeGreaterThan(3_000 * computeShareTried(SHARE))
  }, 1_500_000)
})
