import { describe, expect, it } from '@jest/globals'
import { CATALOG_COLUMNS, parseCatalogHeader } from '../../src/catalog/domain/catalog-header.ts'

describe('the first line of a catalog file', () => {
  it('names the columns', () => {
    expect(parseCatalogHeader(CATALOG_COLUMNS)).toEqual({
      header: { year: 0, make: 1, model: 2, trim: 3, engine: 4, transmission: 5 },
    })
  })

  it('may name them in any order and case, with spaces and signs, beside others', () => {
    const cells = ['id', 'MODEL', 'Make', ' Trim Level ', 'Model Year', 'engine_name']
    expect(parseCatalogHeader(cells)).toEqual({
      header: { year: 4, make: 2, model: 1, trim: 3, engine: 5, transmission: null },
    })
  })

  it('is refused with what is missing, and with how it should be', () => {
    const refused = parseCatalogHeader(['year;make;model;trim'])
    expect(refused).toEqual({
      problem:
        'does not name year, make, model, trim in its first line, "year;make;model;trim"; the ' +
        'first line must be year,make,model,trim,engine,transmission, in any order, separated ' +
        'by commas',
    })
    expect(parseCatalogHeader([])).toHaveProperty('problem')
  })

  it('is refused when it names a column twice', () => {
    const refused = parseCatalogHeader(['year', 'Model Year', 'make', 'model', 'trim'])
    expect(refused).toEqual({ problem: 'has two columns for year; remove one of them' })
  })
})
