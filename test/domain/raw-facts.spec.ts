import { expect, it } from '@jest/globals'
import { RAW_FACTS } from '../../src/vin/domain/raw-facts.ts'

it('reads empty texts, texts that do not apply and other values as unknown', () => {
  const facts = RAW_FACTS.parse({
    make: ' FORD ',
    trim: 'Not Applicable',
    doors: 4,
    turbo: { broken: true },
    bodyClass: 'x'.repeat(500),
    model: ' Silverado\n1500\u0000 ',
  })
  expect(facts).toMatchObject({
    make: 'FORD',
    model: 'Silverado 1500',
    trim: null,
    doors: '4',
    turbo: null,
  })
  expect(facts.bodyClass).toHaveLength(100)
  expect(RAW_FACTS.parse({ model: ' ' }).model).toBeNull()
  expect(facts.driveType).toBeNull()
})
