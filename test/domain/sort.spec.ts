import { describe, expect, it } from '@jest/globals'
import { appendIdToSort, parseSort } from '../../src/domain/sort.ts'

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
    expect(appendIdToSort(sort, hasCreatedAt)).toEqual(columns)
  })

  it('leaves the given list as it is', () => {
    const given = ['make']
    appendIdToSort(given, true)
    expect(given).toEqual(['make'])
  })
})

describe('a sort', () => {
  it.each([
    [' price', ['price']],
    ['-year, make', ['-year', 'make']],
    [
      ['price', '-year,make'],
      ['price', '-year', 'make'],
    ],
    ['', []],
    [undefined, []],
    [null, []],
  ])('has the names of its columns: %j', (sort, columns) =>
    expect(parseSort(sort)).toEqual({ value: columns }),
  )

  it.each(['price,', 'price,,make', { a: 'price' }, [['price']], 3])(
    'is refused where it cannot be read: %j',
    (sort) => {
      expect(parseSort(sort)).toEqual({ problem: expect.stringContaining("'sort'") })
    },
  )
})
