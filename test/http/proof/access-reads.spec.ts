import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { forEveryActor } from '../../support/proof-everybody.ts'
import { openStage, type Stage } from '../../support/proof-stage.ts'
import { NONE, Tally } from '../../support/proof-tally.ts'
import { computeShareTried } from '../../support/sampling.ts'
import { askForInternals } from './internals.ts'
import { POLICY } from './policy.ts'
import { readEveryWay } from './reading.ts'

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
  it('says for every collection who may do what, and for nothing else', () => {
    expect(Object.keys(POLICY).sort()).toEqual([...stage.slugs].sort())
  })

  it(
    'holds for every table, whoever reads it in whichever way',
    async () => {
      expect(await forEveryActor(stage, tally, readEveryWay, { share: SHARE })).toEqual(NONE)
    },
    TIMEOUT,
  )

  it(
    'was read by people whom the product knows by their tokens: with one letter of its ' +
      'signature changed, each is nobody',
    async () => {
      const known = stage.callers.filter(
        ({ actor, byCookie }) => !byCookie && !/^(anonymous|deactivated)/.test(actor),
      )
      for (const { name, request, requestForged } of known) {
        const path = ['owner', 'stranger', 'garage admin'].includes(name) ? 'me' : 'users/me'
        expect([name, (await request('GET', path)).text]).toEqual([
          name,
          expect.stringMatching(/"(profile|user)":\{/),
        ])
        expect([name, (await requestForged('GET', path)).text]).toEqual([
          name,
          expect.not.stringMatching(/"(profile|user)":\{/),
        ])
      }
      expect(known).toHaveLength(6)
    },
  )

  it('leaves Payload’s own tables to nobody, but for the preferences of each member of staff', async () => {
    const part = new Tally()
    await askForInternals(stage, part)
    tally.addTally(part)
    expect(part).toMatchObject(NONE)
  }, 600_000)

  it('was read in thousands of cases', () => {
    tally.printReport('access matrix, reading')
    expect(tally.cases).toBeGreaterThan(
      stage.slugs.length * stage.callers.length * 10 * computeShareTried(SHARE),
    )
  })
})
