import { describe, expect, it } from '@jest/globals'
import {
  FORECOURT_HEADER,
  readForecourt,
} from '../../src/garage/imports/domain/formats/forecourt.ts'

const buildRow = (line: number, kind: string, cells: Record<string, string>) => ({
  line,
  cells: [kind, ...FORECOURT_HEADER.slice(1).map((name) => cells[name] ?? '')],
})

describe('our own export', () => {
  it('is read by its columns, without the apostrophes for spreadsheets', () => {
    const file = readForecourt([
      { line: 1, cells: FORECOURT_HEADER },
      buildRow(2, 'fuel', { date: '2026-01-01T10:00:00.000Z', notes: "'=1+1", location: "''tis" }),
    ])
    expect(file.records).toEqual([
      {
        line: 2,
        kind: 'fuel',
        cells: { date: '2026-01-01T10:00:00.000Z', notes: '=1+1', location: "'tis" },
      },
    ])
  })

  it('refuses rows of an unknown kind', () =>
    expect(
      readForecourt([{ line: 1, cells: FORECOURT_HEADER }, buildRow(2, 'tire', {})]).refused,
    ).toEqual([
      {
        line: 2,
        reasons: ['forecourt_record must be one of fuel, maintenance, schedule, cost, not "tire".'],
      },
    ]))
})
