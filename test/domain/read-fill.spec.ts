import { describe, expect, it } from '@jest/globals'
import { type FillReading, readFill } from '../../src/garage/imports/domain/read-fill.ts'
import { keepFilled, type SourceRecord } from '../../src/garage/imports/domain/source-record.ts'

const READING: FillReading = {
  decimal: 'point',
  dates: { order: 'ymd', clock: (local) => new Date(local) },
  isOwnFormat: false,
  distance: 'mi',
  volume: 'gal_us',
  stations: new Set(),
}
const FILL = { date: '2026-03-01 10:00', odometer: '31000', amount: '10', total: '35' }

const read = (cells: SourceRecord['cells'], about: Partial<FillReading> = {}) =>
  readFill(
    { line: 1, kind: 'fuel', cells: keepFilled({ ...FILL, ...cells }) },
    { ...READING, ...about },
  )

describe('a fill of a file', () => {
  it('is stored in miles and US gallons, with its price from its total', () =>
    expect(
      read({ odometer: '49889.7', amount: '40', total: '72' }, { distance: 'km', volume: 'l' }),
    ).toEqual({
      row: {
        dateTime: '2026-03-01T10:00:00.000Z',
        odometer: 31_000.022,
        tripDistance: null,
        fuelUnits: 10.567,
        costPerUnit: 6.814,
        totalCost: 72,
        isFullFill: true,
        missedFill: false,
        fuelType: null,
        fuelGrade: null,
        station: null,
        locationData: null,
        notes: null,
      },
      warnings: [],
    }))

  it.each([
    [
      { price: '3.5', total: '' },
      { costPerUnit: 3.5, totalCost: 35 },
    ],
    [
      { price: '3.599', total: '35.00' },
      { costPerUnit: 3.599, totalCost: 35 },
    ],
    [{ total: '35.004' }, { costPerUnit: 3.5, totalCost: 35 }],
    [{ full: 'No' }, { isFullFill: false }],
    [{ partial: '1' }, { isFullFill: false }],
    [{ missed: 'Yes' }, { missedFill: true }],
    [{ fuelType: 'Petrol' }, { fuelType: 'gasoline' }],
    [{ fuelGrade: '87' }, { fuelType: 'gasoline', fuelGrade: '87' }],
    [
      { fuelType: 'diesel', fuelGrade: '87' },
      { fuelGrade: null, notes: 'Grade: 87' },
    ],
    [
      { fuelType: 'Super', notes: 'Far' },
      { fuelType: null, notes: 'Far\nFuel: Super' },
    ],
    [{ tags: 'work' }, { notes: 'Tags: work' }],
    [
      { odometer: '', trip: '200' },
      { odometer: null, tripDistance: 200 },
    ],
  ])('with %j has %j', (cells, row) => expect(read(cells)).toMatchObject({ row }))

  it('without a price and a total costs nothing, with a warning', () => {
    expect(read({ total: '' })).toMatchObject({
      row: { costPerUnit: 0, totalCost: 0 },
      warnings: [expect.stringContaining('Neither a price nor a total')],
    })
  })

  it('of electricity is in kWh, and may cost more', () =>
    expect(
      read({ fuelType: 'Electric', amount: '50', price: '0.4', total: '25' }, { volume: 'l' }),
    ).toMatchObject({ row: { fuelUnits: 50, costPerUnit: 0.4, totalCost: 25 } }))

  it.each([
    [{ odometer: '' }, 'odometer is missing.'],
    [{ odometer: '0' }, 'odometer is missing.'],
    [{ odometer: 'x' }, 'odometer must be a number'],
    [{ amount: '' }, 'amount is missing.'],
    [{ amount: '0' }, 'amount must be more than 0.'],
    [{ amount: '-1' }, 'must not be negative'],
    [{ price: '3.5', total: '40' }, 'total must be 35.00 or at most 1% more, not 40.00'],
    [{ date: 'soon' }, 'date must be a date'],
    [{ full: 'half' }, 'full must be yes or no'],
  ])('with %j is refused', (cells, reason) =>
    expect(read(cells)).toEqual({ reasons: [expect.stringContaining(reason)] }),
  )

  it('of our own export may differ by what was rounded when it was stored', () => {
    const cells = { amount: '0.005', price: '6.814', total: '0.04' }
    expect(read(cells)).toMatchObject({ reasons: [expect.stringContaining('total must be')] })
    expect(read(cells, { isOwnFormat: true })).toMatchObject({ row: { totalCost: 0.04 } })
  })

  it('keeps its station only if it exists', () => {
    const station = '00000000-0000-4000-8000-000000000001'
    expect(read({ station })).toMatchObject({
      row: { station: null },
      warnings: ['Its station does not exist here.'],
    })
    expect(read({ station }, { stations: new Set([station]) })).toMatchObject({
      row: { station },
      warnings: [],
    })
  })
})
