import { describe, expect, it } from '@jest/globals'
import { findCountry, findMaker } from '../../src/domain/vin-origin.ts'

describe('the maker of a VIN', () => {
  it.each([
    ['WVWZZZ3CZEE140287', 'Volkswagen'],
    ['WBAKV210500V39117', 'BMW'],
    ['TMBJF7NE8G0123456', 'Škoda'],
    ['VF1RFB00X56123456', 'Renault'],
    ['ZFA31200000123456', 'FIAT'],
    ['SALLAAA145A123456', 'Land Rover'],
    ['1HGCM82633A004352', 'Honda'],
    ['LRW3E7EK0NC000000', 'Tesla'],
  ])('of %s is %s', (vin, maker) => {
    expect(findMaker(vin)).toBe(maker)
  })

  it('is unknown where a code belongs to several makes, or to none', () => {
    expect(findMaker('1C4PJMBXXJD592546')).toBeNull()
    expect(findMaker('00000000000000000')).toBeNull()
  })
})

describe('the country of a VIN', () => {
  it.each([
    ['WVWZZZ3CZEE140287', 'Germany'],
    ['TMBJF7NE8G0123456', 'Czech Republic'],
    ['VF1RFB00X56123456', 'France'],
    ['VSSZZZ5FZHR123456', 'Spain'],
    ['ZFA31200000123456', 'Italy'],
    ['SALLAAA145A123456', 'United Kingdom'],
    ['YV1SW64A942123456', 'Sweden'],
    ['U5YHM517AHL123456', 'Slovakia'],
    ['TRUZZZ8N831012345', 'Hungary'],
    ['JTJBM7FX5E5075942', 'Japan'],
    ['KM8K2CAB4PU001140', 'South Korea'],
    ['LRW3E7EK0NC000000', 'China'],
    ['1HGCM82633A004352', 'United States'],
    ['7SAYGDEF0NF344376', 'United States'],
    ['2FTEF14H8TCA73155', 'Canada'],
    ['3FA6P0UU9JR125413', 'Mexico'],
    ['9BWZZZ377VT004251', 'Brazil'],
  ])('of %s is %s', (vin, country) => {
    expect(findCountry(vin)).toBe(country)
  })

  it('is unknown for codes that are not assigned', () => {
    expect(findCountry('00000000000000000')).toBeNull()
    expect(findCountry('UA000000000000000')).toBeNull()
  })
})
