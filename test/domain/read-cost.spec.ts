import { describe, expect, it } from '@jest/globals'
import type { CellReading } from '../../src/garage/imports/domain/read-cells.ts'
import { readCost } from '../../src/garage/imports/domain/read-cost.ts'
import type { SourceRecord } from '../../src/garage/imports/domain/source-record.ts'

const READING: CellReading = {
  decimal: 'point',
  dates: { order: 'ymd', clock: (local) => new Date(local) },
  isOwnFormat: true,
}
const CELLS = { category: 'insurance', total: '600.004', intervalMonths: '6', date: '2026-01-01' }
const read = (cells: SourceRecord['cells']) => readCost({ line: 1, kind: 'cost', cells }, READING)

describe('an ownership cost of our own export', () => {
  it('has its kind, its amount in cents and its days', () =>
    expect(read({ ...CELLS, title: 'Acme', endDate: '2026-12-31', notes: 'a\nb' })).toEqual({
      row: {
        kind: 'insurance',
        title: 'Acme',
        amount: 600,
        intervalMonths: 6,
        startDate: '2026-01-01',
        endDate: '2026-12-31',
        notes: 'a\nb',
      },
      warnings: [],
    }))

  it('is refused with every reason', () => {
    expect(read({ category: 'bribe' })).toEqual({
      reasons: [
        'category must be one of insurance, registration, tax, loan, other, not "bribe".',
        'total is missing.',
        'intervalMonths is missing.',
        'date is missing.',
      ],
    })
    expect(read({ ...CELLS, endDate: '2025-12-31' })).toEqual({
      reasons: ['endDate must not be earlier than 2026-01-01, not 2025-12-31.'],
    })
  })
})
