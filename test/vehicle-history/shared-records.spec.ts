import { describe, expect, it } from '@jest/globals'
import {
  buildSharedRecords,
  getRecordDay,
} from '../../src/vehicle-history/domain/shared-records.ts'

const VEHICLE = { vin: '1HGCM82633A004352', day: '2026-11-30' }
const NOTHING = { maintenance: null, fuel: null, documents: null }
const CATALOG = [
  { category: 'Routine maintenance', name: 'Oil change' },
  { category: 'Routine maintenance', name: 'Tire rotation' },
]

const aFill = (id: string, about: object) => ({
  id,
  at: Date.parse('2026-03-01'),
  day: '2026-03-01',
  odometer: 31_000_000,
  trip: null,
  units: 10_000,
  fuelType: 'gasoline' as const,
  isFull: true,
  missedFill: false,
  ...about,
})

describe('the records of a shared history', () => {
  it('begin with the vehicle and the number of records of each shared kind', () => {
    const rows = { ...NOTHING, maintenance: [], documents: [] }
    expect(buildSharedRecords(VEHICLE, rows, CATALOG)).toEqual([
      { kind: 'vehicle', ...VEHICLE, counts: { maintenance: 0, document: 0 } },
    ])
  })

  it('follow by day, whatever they are', () => {
    const documents = [
      { type: 'insurance' as const, issuedDate: '2026-02-15', expirationDate: null },
      { type: 'manual' as const, issuedDate: null, expirationDate: null },
    ]
    const job = { odometer: null, category: 'Routine maintenance', subtypes: [] }
    const maintenance = ['2026-03-02', '2026-02-01'].map((day) => ({ day, ...job }))
    const fuel = [aFill('a', {})]
    const [, ...records] = buildSharedRecords(VEHICLE, { maintenance, fuel, documents }, CATALOG)
    expect(records.map((record) => [record.kind, getRecordDay(record)])).toEqual([
      ['document', null],
      ['maintenance', '2026-02-01'],
      ['document', '2026-02-15'],
      ['fuel', '2026-03-01'],
      ['maintenance', '2026-03-02'],
    ])
  })

  it('have the words of the catalog, and none that an owner wrote', () => {
    const row = { day: '2026-02-01', odometer: 5 }
    const maintenance = [
      {
        ...row,
        category: 'routine_maintenance',
        subtypes: ['oil-change', 'by my cousin Ann', 'Oil change'],
      },
      { ...row, category: 'At Ann’s', subtypes: ['Oil change'] },
    ]
    const records = buildSharedRecords(VEHICLE, { ...NOTHING, maintenance }, CATALOG)
    expect(records.slice(1)).toEqual([
      {
        kind: 'maintenance',
        ...row,
        category: 'Routine maintenance',
        subtypes: ['Oil change'],
      },
      { kind: 'maintenance', ...row, category: 'Other', subtypes: [] },
    ])
  })

  it('have the economy that a fill measured, in miles per gallon or per unit', () => {
    const fuel = [
      aFill('a', {}),
      aFill('b', { at: Date.parse('2026-03-05'), odometer: 31_300_500 }),
      aFill('c', { fuelType: 'electricity', odometer: null, units: 1_234 }),
    ]
    const records = buildSharedRecords(VEHICLE, { ...NOTHING, fuel }, [])
    expect(records.slice(1)).toMatchObject([
      { kind: 'fuel', odometer: 31_000, amount: 10, unit: 'gallon', economy: null },
      { odometer: null, amount: 1.234, unit: 'kwh', economy: null, economyUnit: 'mi_per_kwh' },
      { odometer: 31_300.5, economy: 30.05, economyUnit: 'mpg', fuelType: 'gasoline' },
    ])
    expect(Object.keys(records[1] ?? {}).toSorted()).toEqual([
      'amount',
      'day',
      'economy',
      'economyUnit',
      'fuelType',
      'kind',
      'odometer',
      'unit',
    ])
  })
})
