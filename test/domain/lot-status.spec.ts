import { describe, expect, it } from '@jest/globals'
import { type LotStatus, moveProblem } from '../../src/domain/lot-status.ts'

const ALL: readonly LotStatus[] = ['available', 'pending', 'hold', 'sold']
const moves = (from: LotStatus) => ALL.filter((to) => from !== to && moveProblem(from, to) === null)

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
    expect(moveProblem(status, status)).toBeNull()
  })

  it('says where a car may go instead', () => {
    expect(moveProblem('sold', 'hold')).toBe("a car that is sold can't become hold; it can become available")
  })
})
