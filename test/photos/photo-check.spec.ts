import { describe, expect, it } from '@jest/globals'
import { isUnknownStatus, judgePhotoResponse } from '../../src/photos/domain/photo-check.ts'

describe('the response to a request for a photo', () => {
  it.each<[number, string, string | null]>([
    [200, 'image/jpeg', null],
    [206, 'IMAGE/WEBP', null],
    [200, 'application/octet-stream', null],
    [200, '', null],
    [200, 'text/html', 'The site answers with text/html, not with a photo.'],
    [302, '', 'The site answers 302.'],
    [404, 'image/jpeg', 'The site answers 404.'],
    [500, '', 'The site answers 500.'],
  ])('%i with the type "%s"', (status, type, problem) =>
    expect(judgePhotoResponse(status, type)).toEqual({ status, problem }),
  )

  it('says nothing if the site is busy, or does not know the method', () => {
    expect([405, 429, 501, 503].every(isUnknownStatus)).toBe(true)
    expect([200, 401, 403, 404, 410, 500].some(isUnknownStatus)).toBe(false)
  })
})
