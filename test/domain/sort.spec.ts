import { describe, expect, it } from '@jest/globals'
import { endWithId } from '../../src/domain/sort.ts'

describe('an order', () => {
  it.each([
    [undefined, true, ['-createdAt', '-id']],
    ['', false, ['-id']],
    ['make', true, ['make', '-createdAt', '-id']],
    ['-price,make', false, ['-price', 'make', '-id']],
    ['createdAt', true, ['createdAt', '-id']],
    [['make', '-id'], true, ['make', '-id']],
    ['id', true, ['id']],
  ] as const)('of %j ends with the id', (sort, hasCreatedAt, columns) => {
    expect(endWithId(sort, hasCreatedAt)).toEqual(columns)
  })

  it('leaves the given list as it is', () => {
    const given = ['make']
    endWithId(given, true)
    expect(given).toEqual(['make'])
  })
})
