import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { forEveryActor } from '../../support/proof-everybody.ts'
import { openStage, type Stage } from '../../support/proof-stage.ts'
import { NONE, Tally } from '../../support/proof-tally.ts'
import { computeShareTried } from '../../support/sampling.ts'
import { makeEveryWay } from './making.ts'
import { writeEveryWay } from './writing.ts'

const TIMEOUT = 400_000
/** One pair of asker and table in so many is tried in a run. */
const SHARE = 4

let stage: Stage
const tally = new Tally()

beforeAll(async () => {
  stage = await openStage()
}, 600_000)
afterAll(() => stage.close())

describe('the access table', () => {
  it(
    'holds for every table, whoever makes or copies a row of it in whichever way',
    async () => {
      expect(await forEveryActor(stage, tally, makeEveryWay, { share: SHARE })).toEqual(NONE)
    },
    TIMEOUT,
  )

  it(
    'holds for every table, whoever changes, removes or restores a row of it in whichever way',
    async () => {
      expect(await forEveryActor(stage, tally, writeEveryWay, { share: SHARE })).toEqual(NONE)
    },
    TIMEOUT,
  )

  it('was written to in thousands of cases', () => {
    tally.printReport('access matrix, writing')
    expect(tally.cases).toBeGreaterThan(
      stage.slugs.length * stage.callers.length * 8 * computeShareTried(SHARE),
    )
  })
})
