import { describe, expect, it } from '@jest/globals'
import {
  type FeedProblem,
  findCarLight,
  findLight,
  isListed,
} from '../../plugins/exports/domain/feed-problem.ts'

const REFUSED: FeedProblem = { code: 'no_photo', severity: 'refused', reason: '', fix: '' }
const WARNING: FeedProblem = { code: 'branded_title', severity: 'warning', reason: '', fix: '' }
const EXCLUDED: FeedProblem = { code: 'excluded', severity: 'refused', reason: '', fix: '' }
const inFeed = (label: string, problems: FeedProblem[], enabled = true) => ({
  label,
  enabled,
  problems,
})

describe('a light', () => {
  it('is red if something is left out, yellow if something is to check, else green', () => {
    expect([[], [WARNING], [WARNING, REFUSED]].map(findLight)).toEqual(['green', 'yellow', 'red'])
    expect([[], [WARNING], [REFUSED]].map(isListed)).toEqual([true, true, false])
  })

  it('of a car counts the feeds in use that should list it', () => {
    const found = findCarLight([
      inFeed('Google', [REFUSED]),
      inFeed('CarGurus', [WARNING]),
      inFeed('Jekyll', []),
      inFeed('Facebook', [EXCLUDED]),
      inFeed('AutoTrader', [REFUSED], false),
    ])
    expect(found).toEqual({ light: 'red', listed: 2, wanted: 3, leftOut: ['Google'] })
  })

  it('is missing where no feed should list the car', () => {
    expect(findCarLight([inFeed('Google', [], false), inFeed('Jekyll', [EXCLUDED])])).toBeNull()
  })
})
