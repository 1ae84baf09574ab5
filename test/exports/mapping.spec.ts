import { describe, expect, it } from '@jest/globals'
import {
  describeCondition,
  findFailedCondition,
  findMappingProblem,
  mapColumns,
} from '../../plugins/exports/domain/mapping.ts'
import { feeds } from '../../plugins/exports/feeds/index.ts'
import { aFeedCar, aFeedContext } from '../support/feeds.ts'

const rename = (column: string, to: string) => ({ kind: 'rename', column, to }) as const

describe('the rules of a feed', () => {
  it('rename a column and fill another one, in their places', () => {
    const rules = [
      rename('vin', 'VIN'),
      { kind: 'constant', column: 'place_id', value: 'p-7' },
    ] as const
    expect(findMappingProblem(rules, feeds.google)).toBeNull()
    const columns = mapColumns(feeds.google.columns, rules)
    expect(columns.map(({ name }) => name).slice(0, 4)).toEqual([
      'VIN',
      'id',
      'store_code',
      'place_id',
    ])
    expect(columns[3]?.read(aFeedCar(), aFeedContext())).toBe('p-7')
  })

  it.each([
    ['nothing', null, null],
    ['no list', { kind: 'rename' }, 'must be a list'],
    ['an unknown kind', [{ kind: 'drop', column: 'vin' }], 'rule 1, kind'],
    ['an unknown column', [rename('color', 'x')], 'rule 1 names the column color, which is not'],
    ['an unknown field', [{ kind: 'onlyIf', field: 'cost', value: '1' }], 'rule 1, field: must be'],
    ['a name that exists', [rename('vin', 'id')], 'has two columns named id'],
    ['something else', [{ ...rename('vin', 'VIN'), also: 1 }], 'rule 1, as a whole'],
  ])('may be %s, or are refused for what is wrong', (_, rules, problem) => {
    const found = findMappingProblem(rules, feeds.google)
    expect(found).toEqual(problem === null ? null : expect.stringContaining(problem))
  })

  it('cannot rename what has no name, or to what XML does not allow', () => {
    expect(findMappingProblem([rename('VIN', 'x')], feeds.carsforsale)).toContain(
      'no line of names',
    )
    expect(findMappingProblem([rename('vin', 'a b')], feeds.cargurus)).toContain('an XML element')
  })

  it('leave cars out by a field, whatever the case', () => {
    const out = { kind: 'leaveOutIf', field: 'make', value: 'HONDA' } as const
    const only = { kind: 'onlyIf', field: 'trim', value: '' } as const
    expect(findFailedCondition(aFeedCar(), [out])).toBe(out)
    expect(findFailedCondition(aFeedCar({ make: 'Ford' }), [out])).toBeNull()
    expect(findFailedCondition(aFeedCar(), [only])).toBe(only)
    expect(findFailedCondition(aFeedCar({ trim: null }), [only])).toBeNull()
    expect([out, only].map(describeCondition)).toEqual(['Make is HONDA', 'Trim is not empty'])
  })
})
