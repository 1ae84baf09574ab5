import { describe, expect, it } from '@jest/globals'
import { buildAdf } from '../../src/adf/build-adf.ts'
import { buildLeadSubject, type Prospect } from '../../src/adf/domain/prospect.ts'
import { findAdfProblems } from '../support/validate-adf.ts'

const aProspect = (model: string, about: Partial<Prospect['vehicle']> = {}): Prospect => ({
  id: '1',
  source: 'Forecourt',
  requestedAt: '2026-01-01T00:00:00.000Z',
  vehicle: {
    interest: 'buy',
    year: 2020,
    make: 'Honda',
    model,
    trim: null,
    vin: null,
    stockNumber: null,
    mileage: null,
    condition: null,
    transmission: null,
    exteriorColor: null,
    interiorColor: null,
    price: null,
    ...about,
  },
  customer: { name: null, email: null, phone: null, comments: null },
  vendor: null,
})

describe('the subject of a lead', () => {
  it.each([
    ['Civic', 'A-1', 'Enquiry: 2020 Honda Civic (stock A-1)'],
    ['Civic\r\nBcc: all@x.example', null, 'Enquiry: 2020 Honda Civic Bcc: all@x.example'],
    ['Civic\u2028\0x', null, 'Enquiry: 2020 Honda Civic x'],
  ])('of %j is one line', (model, stockNumber, subject) => {
    expect(buildLeadSubject(aProspect(model, { stockNumber }))).toBe(subject)
  })

  it('is not too long, and has no half of a character', () => {
    const subject = buildLeadSubject(aProspect('😀'.repeat(200)))
    expect(Array.from(subject)).toHaveLength(120)
    expect(subject).toMatch(/😀$/u)
  })
})

describe('a lead as ADF', () => {
  it('is valid with as little as possible, and with characters that XML does not have', () => {
    expect(findAdfProblems(buildAdf(aProspect('Civic')))).toBe('')
    const xml = buildAdf(aProspect('Ci\u0003vic \ud83d ]]> <b>', { condition: 'Very Good' }))
    expect(findAdfProblems(xml)).toBe('')
    expect(xml).toContain('<model>Civic  ]]&gt; &lt;b&gt;</model>')
  })
})
