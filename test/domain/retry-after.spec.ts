import { describe, expect, it } from '@jest/globals'
import { retryAfterSeconds } from '../../plugins/scraping/domain/retry-after.ts'

const now = new Date('2026-03-01T10:00:00Z')

describe('Retry-After', () => {
  it('says seconds, or the moment', () => {
    expect(retryAfterSeconds('120', now)).toBe(120)
    expect(retryAfterSeconds(' 0 ', now)).toBe(0)
    expect(retryAfterSeconds('Sun, 01 Mar 2026 10:01:30 GMT', now)).toBe(90)
    expect(retryAfterSeconds('Sun, 01 Mar 2026 09:00:00 GMT', now)).toBe(0)
  })

  it.each([undefined, '', 'soon', '-5', '1.5', '99999999999'])('says nothing as %p', (said) => {
    expect(retryAfterSeconds(said, now)).toBeNull()
  })
})
