import { describe, expect, it } from '@jest/globals'
import { buildCarUrl, findCarUrlTemplateProblem } from '../../src/lot/domain/car-url.ts'

const car = { id: 'an-id', slug: '2020-honda-civic-1a2b3c4d', vin: '2HGFC2F69LH500001' }

describe('the address of a car’s page', () => {
  it.each([
    ['https://x.example/{slug}', 'https://x.example/2020-honda-civic-1a2b3c4d'],
    ['https://x.example/?id={id}&vin={vin}', 'https://x.example/?id=an-id&vin=2HGFC2F69LH500001'],
    ['https://x.example/{vinEnd}', 'https://x.example/LH500001'],
    ['https://x.example/{stockNumber}', 'https://x.example/A%2F1%20%26'],
  ])('of %s is %s', (template, url) => {
    expect(buildCarUrl(template, { ...car, stockNumber: 'A/1 &' })).toBe(url)
  })

  it('is missing without a template, and for a car without what it names', () => {
    expect(buildCarUrl(null, { ...car, stockNumber: null })).toBeNull()
    expect(buildCarUrl('https://x.example/{stockNumber}', { ...car, stockNumber: null })).toBeNull()
    const copy = { ...car, vin: '', stockNumber: null }
    expect(buildCarUrl('https://x.example/{vinEnd}', copy)).toBeNull()
  })
})

describe('a template of addresses', () => {
  it.each([
    ['https://x.example/{slug}', null],
    ['https://x.example/{price}', 'contains {price}, which is not one of {slug}'],
    ['https://x.example/cars', 'must contain one of {slug}'],
    ['x.example/{slug}', 'must be an address that starts with https://'],
    ['javascript:alert({id})', 'must be an address that starts with https://'],
  ])('%s: %s', (template, problem) => {
    const found = findCarUrlTemplateProblem(template)
    if (problem === null) expect(found).toBeNull()
    else expect(found).toContain(problem)
  })
})
