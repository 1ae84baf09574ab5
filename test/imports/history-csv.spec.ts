import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { FUEL_TYPES } from '../../src/garage/domain/fuel-types.ts'
import { resolveOwnerUnits } from '../../src/garage/domain/units.ts'
import { writeHistoryCsv } from '../../src/garage/exports/history-csv.ts'
import { trimText } from '../../src/domain/input-text.ts'
import { COST_KIND_NAMES } from '../../src/garage/domain/ownership-costs.ts'
import type { ImportRow } from '../../src/garage/imports/domain/row-values.ts'
import { planImport } from '../../src/garage/imports/plan-import.ts'

const STATION = '00000000-0000-4000-8000-000000000001'
const CONTEXT = {
  units: resolveOwnerUnits({ unitSystem: 'metric', timeZone: 'Asia/Tokyo' }),
  catalog: [
    { category: 'Repair', name: 'Brakes', isActive: true },
    { category: 'Repair', name: 'Wheels, "left" and right; all', isActive: true },
  ],
  stations: new Set([STATION]),
  stored: [],
}
const CHOICES = { mapping: {}, categories: new Map<string, string | null>() }

const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })
const thousandths = (max: number) => fc.integer({ min: 0, max }).map((value) => value / 1000)
const cents = (max: number) => fc.integer({ min: 0, max }).map((value) => value / 100)
const miles = fc.integer({ min: 0, max: 10_000_000 })
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

/** Texts that spreadsheets, quotes, line breaks and scripts make difficult, as they are stored. */
const nasty = fc.oneof(
  fc.constantFrom('=1+1', '+1', '-1', '@A1', "'", "''=x", '\tTab', 'a"b', 'a,b;c|d', '"', '＝1'),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
)
const toStored = (text: string) => {
  const stored = trimText(text.replaceAll(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu, ' '))
  return stored === '' ? null : stored
}
const line = nasty.map((text) => toStored(text.replaceAll(/[\u2028\u2029]/g, ' ')))
const lines = fc
  .array(nasty, { maxLength: 3 })
  .map((parts) => toStored('x'.concat(...parts)))
  .chain((text) => fc.constantFrom(text, text && `${text}\n=2\n\n'end`))

const FUELS = Object.entries(FUEL_TYPES).flatMap(([fuelType, { grades }]) => [
  { fuelType, fuelGrade: null },
  ...grades.map((fuelGrade) => ({ fuelType, fuelGrade })),
])

const fuel: fc.Arbitrary<ImportRow> = fc
  .record({
    dateTime: fc
      .date({ min: new Date('1900-01-02'), max: new Date('2999-12-30'), noInvalidDate: true })
      .map((date) => date.toISOString()),
    odometer: thousandths(10_000_000_000),
    tripDistance: orNull(thousandths(1_000_000)),
    fuelUnits: thousandths(100_000).map((units) => units + 0.001),
    costPerUnit: thousandths(100_000),
    isFullFill: fc.boolean(),
    missedFill: fc.boolean(),
    fuel: fc.constantFrom({ fuelType: null, fuelGrade: null }, ...FUELS),
    station: fc.constantFrom(null, STATION),
    locationData: line,
    notes: lines,
  })
  .map(({ fuel: kind, ...values }) => {
    const fuelUnits = Math.round(values.fuelUnits * 1000) / 1000
    const totalCost = Math.floor(fuelUnits * values.costPerUnit * 100) / 100
    return { kind: 'fuel', values: { ...values, ...kind, fuelUnits, totalCost } }
  })

const WORDS = fc.constantFrom<string[] | null>(
  null,
  [],
  ['Brakes'],
  ['Brakes', 'Wheels, "left" and right; all'],
)
const service: fc.Arbitrary<ImportRow> = fc
  .record({
    serviceDate: day,
    odometer: orNull(miles),
    category: fc.constant('Repair'),
    subtypes: WORDS,
    cost: orNull(cents(9_999_999_999)),
    shopName: line,
    notes: lines,
  })
  .map((values) => ({ kind: 'maintenance', values }))

const schedule: fc.Arbitrary<ImportRow> = fc
  .record({
    category: fc.constant('Repair'),
    subtypes: WORDS,
    intervalMonths: orNull(fc.integer({ min: 1, max: 600 })),
    intervalMiles: orNull(fc.integer({ min: 1, max: 10_000_000 })),
    anchor: fc.constantFrom('service' as const, 'fixed' as const),
    enteredServiceDate: orNull(day),
    enteredServiceMileage: orNull(miles),
    enteredDueDate: orNull(day),
    enteredDueMileage: orNull(miles),
    dueSoonDays: orNull(fc.integer({ min: 0, max: 3_650 })),
    dueSoonMiles: orNull(miles),
    emailNotifications: fc.boolean(),
    notes: lines,
  })
  .map((values) => ({ kind: 'schedule', values }))

const cost: fc.Arbitrary<ImportRow> = fc
  .record({
    kind: fc.constantFrom(...COST_KIND_NAMES),
    title: line,
    amount: cents(9_999_999_999),
    intervalMonths: fc.integer({ min: 1, max: 120 }),
    days: fc.tuple(day, orNull(day)),
    notes: lines,
  })
  .map(({ days: [one, other], ...values }) => {
    const [startDate, endDate] = other !== null && other < one ? [other, one] : [one, other]
    return { kind: 'cost', values: { ...values, startDate, endDate } }
  })

describe('our own CSV', () => {
  it('of any history is read back to the same rows, twice as many too', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fuel, service, schedule, cost), { maxLength: 12 }),
        (history) => {
          const rows = [...history, ...history]
          const plan = planImport(Buffer.from(writeHistoryCsv(rows)), CHOICES, CONTEXT)
          expect(plan.refused).toEqual([])
          expect(plan.questions).toEqual([])
          expect(plan.added.map(({ row }) => row)).toEqual(rows)
        },
      ),
      { numRuns: 300 },
    )
  })
})
