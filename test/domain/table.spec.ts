import { describe, expect, it } from '@jest/globals'
import { readTable } from '../../src/garage/imports/domain/formats/table.ts'

const ROWS = [
  { line: 1, cells: ['Date', 'Type', 'Litres'] },
  { line: 2, cells: ['2026-01-01', 'RepairRecord', ''] },
]

describe('a table', () => {
  it('has services, with the types of LubeLogger as categories', () =>
    expect(readTable(ROWS, { date: 0, category: 1 }, null)).toEqual({
      headers: ['Date', 'Type', 'Litres'],
      records: [
        { line: 2, kind: 'maintenance', cells: { date: '2026-01-01', category: 'Repair' } },
      ],
      refused: [],
    }))

  it('may have its dates in three columns', () => {
    const rows = [
      { line: 1, cells: ['Year', 'Month', 'Day', 'Gallons'] },
      { line: 2, cells: ['2026', '3', '9', '10'] },
    ]
    const { records } = readTable(rows, { year: 0, month: 1, day: 2, amount: 3 }, null)
    expect(records[0]?.cells.date).toBe('2026-3-9')
  })

  it('has fills if it has an amount, unless a person says otherwise', () => {
    const mapping = { date: 0, amount: 2 }
    expect(readTable(ROWS, mapping, null).records[0]?.kind).toBe('fuel')
    expect(readTable(ROWS, mapping, 'maintenance').records[0]?.kind).toBe('maintenance')
  })
})
