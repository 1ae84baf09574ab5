import { afterEach, describe, expect, it } from '@jest/globals'
import { parseRetryAfter } from '../../src/domain/retry-after.ts'
import { setTimeZone } from '../support/time-zone.ts'

const now = new Date('2026-03-01T10:00:00Z')

afterEach(() => setTimeZone('UTC'))

describe('Retry-After', () => {
  it('says seconds, or the moment', () => {
    expect(parseRetryAfter('120', now)).toBe(120)
    expect(parseRetryAfter(' 0 ', now)).toBe(0)
    expect(parseRetryAfter('Sun, 01 Mar 2026 10:01:30 GMT', now)).toBe(90)
    expect(parseRetryAfter('Sun, 01 Mar 2026 09:00:00 GMT', now)).toBe(0)
  })

  it('is in GMT also where it does not name it, whatever the time zone of this process', () => {
    setTimeZone('America/New_York')
    expect(parseRetryAfter('Sun Mar  1 10:01:30 2026', now)).toBe(90)
  })

  it.each([undefined, '', 'soon', '-5', '1.5', '99999999999'])('says nothing as %p', (result) => {
    expect(parseRetryAfter(result, now)).toBeNull()
  })
})
