import { describe, expect, it } from '@jest/globals'
import { computeExpiry, findCurrentDocuments } from '../../src/documents/domain/document-status.ts'

const today = '2026-11-30'

describe('the state of a document', () => {
  it.each([
    ['2026-11-29', 'expired', -1],
    ['2026-11-30', 'expires_soon', 0],
    ['2026-12-30', 'expires_soon', 30],
    ['2026-12-31', 'valid', 31],
    [null, 'no_date', null],
  ])('that expires on %s is %s', (expirationDate, status, daysLeft) => {
    expect(computeExpiry({ expirationDate }, { soonDays: 30, today })).toEqual({ status, daysLeft })
  })
})

describe('the document that counts', () => {
  const of = (id: string, issuedDate: string | null, expirationDate: string | null) => ({
    id,
    documentType: 'insurance',
    issuedDate,
    expirationDate,
    createdDay: '2026-06-01',
  })
  const findCurrent = (...documents: ReturnType<typeof of>[]) =>
    findCurrentDocuments(documents, today).get('insurance')?.id

  it('is the newest that is valid today', () => {
    const old = of('old', '2024-01-01', '2024-12-31')
    const current = of('current', '2026-01-01', '2026-11-30')
    const next = of('next', '2026-12-01', '2027-12-01')
    expect(findCurrent(old, current, next)).toBe('current')
    expect(findCurrent(next, current, old)).toBe('current')
    expect(findCurrent(of('undated', null, null), current)).toBe('undated')
  })

  it('is the newest of all if none is valid', () => {
    const [first, second] = [
      of('first', '2023-01-01', '2023-12-31'),
      of('second', '2024-01-01', '2024-12-31'),
    ]
    expect(findCurrent(first, second)).toBe('second')
    expect(findCurrent()).toBeUndefined()
  })

  it('is one for each type', () => {
    const manual = { ...of('manual', null, null), documentType: 'manual' }
    expect([...findCurrentDocuments([manual, of('a', null, null)], today).keys()]).toEqual([
      'manual',
      'insurance',
    ])
  })
})
