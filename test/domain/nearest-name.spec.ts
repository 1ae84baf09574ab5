import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { computeEditDistance, findNearestName } from '../../src/domain/nearest-name.ts'

describe('how far two texts are apart', () => {
  it.each([
    ['', '', 0],
    ['PORT', 'PORT', 0],
    ['PROT', 'PORT', 1],
    ['PRT', 'PORT', 1],
    ['PORTS', 'PORT', 1],
    ['PART', 'PORT', 1],
    ['PATH', 'PORT', 3],
    ['', 'HOST', 4],
    ['CA', 'ABC', 3],
  ])('%s and %s: %i', (one, other, distance) => {
    expect(computeEditDistance(one, other)).toBe(distance)
  })

  it('is the same from both sides, and never more than the longer one', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (one, other) => {
        const distance = computeEditDistance(one, other)
        expect(computeEditDistance(other, one)).toBe(distance)
        expect(distance).toBeLessThanOrEqual(Math.max(one.length, other.length))
        expect(distance === 0).toBe(one === other)
      }),
    )
  })
})

describe('the nearest name', () => {
  const KNOWN = ['PORT', 'HOST', 'SCHEDULE_PRUNE_MAILS', 'create']

  it.each([
    ['PROT', 'PORT'],
    ['port', 'PORT'],
    ['HOSTS', 'HOST'],
    ['SCHEDULE_PURNE_MAIL', 'SCHEDULE_PRUNE_MAILS'],
    ['schedule-prune-mails', 'SCHEDULE_PRUNE_MAILS'],
    ['creat', 'create'],
    ['PATH', null],
    ['SPORTS', null],
    ['', null],
  ])('to %s is %s', (text, nearest) => {
    expect(findNearestName(text, KNOWN)).toBe(nearest)
  })
})
