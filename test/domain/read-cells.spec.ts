import { describe, expect, it } from '@jest/globals'
import { CellReader } from '../../src/garage/imports/domain/read-cells.ts'
import type { SourceRecord } from '../../src/garage/imports/domain/source-record.ts'

const read = (cells: SourceRecord['cells'], isOwnFormat = false) =>
  new CellReader(
    { line: 1, kind: 'fuel', cells },
    { decimal: 'comma', dates: { order: 'dmy', clock: (local) => new Date(local) }, isOwnFormat },
  )

describe('the cells of a record', () => {
  it('are read as the file is written', () => {
    const cells = read({ total: '1.234,50', date: '1.2.2026', full: 'ja', notes: ' a\r\nb ' })
    expect(cells.readNumber('total')).toBe(1_234.5)
    expect(cells.readDay('date')).toBe('2026-02-01')
    expect(cells.readInstant()).toEqual(new Date('2026-02-01T12:00:00Z'))
    expect(cells.readFlag('full')).toBe(true)
    expect(cells.readText('notes', 'lines')).toBe('a\nb')
    expect(cells.readText('notes')).toBe('a b')
    expect(cells.readText('shop')).toBeNull()
    expect(cells.problems).toEqual([])
  })

  it('have an odometer of 0 where it is missing, but not in our own export', () => {
    expect(read({ odometer: '0' }).readDistance('odometer')).toBeNull()
    expect(read({ odometer: '0' }, true).readDistance('odometer')).toBe(0)
  })

  it('collect what is wrong with them', () => {
    const cells = read({ total: 'ten', full: 'maybe', shop: 'a\u0007b' })
    expect([cells.readNumber('total'), cells.readFlag('full'), cells.readText('shop')]).toEqual([
      null,
      null,
      null,
    ])
    cells.require('date', null)
    cells.require('total', null)
    expect(cells.problems).toEqual([
      'total must be a number such as 1234,5, not "ten".',
      'full must be yes or no, not "maybe".',
      'shop contains the control character U+0007.',
      'date is missing.',
    ])
  })
})
