import { describe, expect, it } from '@jest/globals'
import { parseCatalogHeader } from '../../src/catalog/domain/catalog-header.ts'
import { formatRefusalHeader, formatRefusedLine } from '../../src/catalog/domain/refused-line.ts'

describe('a refused line', () => {
  it('has its number and the reason before its cells, which are unchanged', () => {
    expect(formatRefusedLine(7, 'trim is empty', ['2021', 'A "B"', '=1+1', ''])).toBe(
      '"7","trim is empty","2021","A ""B""","=1+1",""\r\n',
    )
  })

  it('stands below the first line of the file, which can be read again', () => {
    const line = formatRefusalHeader(['year', 'make', 'model', 'trim'])
    expect(line).toBe('"line","reason","year","make","model","trim"\r\n')
    expect(parseCatalogHeader(['line', 'reason', 'year', 'make', 'model', 'trim'])).toMatchObject({
      header: { year: 2, make: 3, model: 4, trim: 5 },
    })
  })
})
