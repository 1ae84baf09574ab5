import { describe, expect, it } from '@jest/globals'
import {
  applyChosenColumns,
  findMissingColumns,
  isLubeloggerHeader,
  mapHeader,
} from '../../src/garage/imports/domain/table-header.ts'
import { detectUnits } from '../../src/garage/imports/domain/unit-hints.ts'
import { measureProcessorMs } from '../support/processor-time.ts'

const GAS = ['Date', 'Odometer', 'FuelConsumed', 'Cost', 'IsFillToFull', 'MissedFuelUp', 'Notes']

describe('the header of a table', () => {
  it('says what its columns contain, in any case and with units', () => {
    const columns = { date: 0, odometer: 1, amount: 2, total: 3, full: 4, missed: 5, notes: 6 }
    expect(mapHeader(GAS)).toEqual(columns)
    expect(mapHeader(['DATE', 'Odo (mi)', 'Fuel (litres)', 'Whatever'])).toEqual({
      date: 0,
      odometer: 1,
      amount: 2,
    })
  })

  it.each(['(', ' ', 'gal'])('that repeats %j is read without delay', async (part) => {
    const header = [`a${part.repeat(40_000)}b`, 'Date']
    const ms = await measureProcessorMs(async () => {
      expect(mapHeader(header)).toEqual({ date: 1 })
      detectUnits(header)
    })
    expect(ms).toBeLessThan(1_500)
  })

  it('is known to be of LubeLogger', () => {
    expect(isLubeloggerHeader(GAS)).toBe(true)
    expect(isLubeloggerHeader(['date', 'extrafield_color'])).toBe(true)
    expect(isLubeloggerHeader(['Date', 'Odometer', 'Cost'])).toBe(false)
  })

  it('is mapped as a person chooses', () => {
    const header = ['Tag', 'Stand', 'Getankt']
    expect(
      applyChosenColumns(header, { notes: 2 }, { date: 'Tag', amount: 'Getankt', notes: null }),
    ).toEqual({ mapping: { date: 0, amount: 2 } })
    expect(applyChosenColumns(header, {}, { date: 'Datum' })).toEqual({
      problem: 'There is no column "Datum" for date. The columns are Tag, Stand, Getankt.',
    })
  })

  it('lacks what fills or services need', () => {
    expect(findMissingColumns({ date: 0, odometer: 1, amount: 2 }, null)).toEqual([])
    expect(findMissingColumns({ date: 0, trip: 1, amount: 2 }, 'fuel')).toEqual([])
    expect(findMissingColumns({}, null)).toEqual(['date', 'odometer', 'amount'])
    expect(findMissingColumns({ date: 0, title: 1 }, null)).toEqual([])
    const parts = mapHeader(['Year', 'Month', 'Day', 'Odometer', 'Gallons'])
    expect(findMissingColumns(parts, null)).toEqual([])
    expect(findMissingColumns({ date: 0, amount: 1 }, 'maintenance')).toEqual(['title'])
  })
})
