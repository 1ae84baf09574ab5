import { expect, it } from '@jest/globals'
import { RAW_FACTS } from '../../src/vin/domain/raw-facts.ts'

it('reads empty texts, texts that do not apply and other values as unknown', () => {
  const facts = RAW_FACTS.parse({
    make: ' FORD ',
    model: '',
    trim: 'Not Applicable',
    doors: 4,
    turbo: { broken: true },
    bodyClass: 'x'.repeat(500),
  })
  expect(facts).toMatchObject({ make: 'FORD', model: null, trim: null, doors: '4', turbo: null })
  expect(facts.bodyClass).toHaveLength(200)
  expect(facts.driveType).toBeNull()
})
