import { describe, expect, it } from '@jest/globals'
import { type LotStatus, findMoveProblem } from '../../src/domain/lot-status.ts'

const ALL: readonly LotStatus[] = ['available', 'pending', 'hold', 'sold']
const moves = (from: LotStatus) =>
  ALL.filter((to) => from !== to && findMoveProblem(from, to) === null)

describe('the status of a car', () => {
  it.each([
    ['available', ['pending', 'hold', 'sold']],
    ['pending', ['available', 'hold', 'sold']],
    ['hold', ['available', 'pending', 'sold']],
    ['sold', ['available']],
  ] as const)('moves from %s to %j and nowhere else', (from, to) => {
    expect(moves(from)).toEqual(to)
  })

  it.each(ALL)('may stay %s', (status) => {
    expect(findMoveProblem(status, status)).toBeNull()
  })

  it('says where a car may go instead', () => {
    expect(findMoveProblem('sold', 'hold')).toBe(
      'cannot change from sold to hold, only to available',
    )
  })
})
