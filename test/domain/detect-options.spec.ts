import { describe, expect, it } from '@jest/globals'
import { resolveOwnerUnits } from '../../src/garage/domain/units.ts'
import {
  detectOptions,
  listOptionQuestions,
} from '../../src/garage/imports/domain/detect-options.ts'
import type { SourceRecord } from '../../src/garage/imports/domain/source-record.ts'

const METRIC = resolveOwnerUnits({ unitSystem: 'metric', timeZone: 'Europe/Berlin' })
type About = {
  headers?: string[]
  chosen?: Parameters<typeof detectOptions>[2]
  owner?: typeof METRIC
}
const detect = (
  cells: SourceRecord['cells'],
  { headers = [], chosen = {}, owner = METRIC }: About = {},
) =>
  detectOptions(
    { headers, records: [{ line: 1, kind: 'fuel', cells }], refused: [] },
    'csv',
    chosen,
    owner,
  )

describe('the options of an import', () => {
  it('are what the file shows, else what its owner prefers', () =>
    expect(detect({ date: '31.01.2026', total: '12,50' }, { headers: ['Odo (mi)'] })).toEqual({
      decimal: { value: 'comma', source: 'file' },
      dateOrder: { value: 'dmy', source: 'file' },
      distanceUnit: { value: 'mi', source: 'file' },
      volumeUnit: { value: 'l', source: 'owner' },
      timeZone: { value: 'Europe/Berlin', source: 'owner' },
    }))

  it('are what a person chooses', () =>
    expect(
      detect({ date: '01.02.2026' }, { chosen: { dateOrder: 'mdy', volumeUnit: 'gal_uk' } }),
    ).toMatchObject({
      dateOrder: { value: 'mdy', source: 'chosen' },
      volumeUnit: { value: 'gal_uk', source: 'chosen' },
    }))

  it('take gallons as those of the owner', () => {
    const british = resolveOwnerUnits({ volumeUnit: 'gal_uk' })
    const about = { headers: ['Gallons'] }
    expect(detect({}, about).volumeUnit.value).toBe('gal_us')
    expect(detect({}, { ...about, owner: british }).volumeUnit.value).toBe('gal_uk')
  })

  it('are asked for, never guessed', () => {
    const options = detect({ date: '01.02.2026', total: '12,345' })
    expect(options).toMatchObject({ dateOrder: { value: null }, decimal: { value: null } })
    expect(listOptionQuestions(options)).toMatchObject([
      { option: 'dateOrder', choices: [{ value: 'dmy' }, { value: 'mdy' }] },
      { option: 'decimal', choices: [{ value: 'point' }, { value: 'comma' }] },
    ])
    expect(listOptionQuestions(detect({}))).toEqual([])
  })
})
