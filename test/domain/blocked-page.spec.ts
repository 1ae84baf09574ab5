import { describe, expect, it } from '@jest/globals'
import { isBlockedPage } from '../../plugins/scraping/domain/blocked-page.ts'

describe('a page', () => {
  it.each([
    '<title>Just a moment...</title>',
    '<html><head><title> Access Denied</title>',
    '<script src="/cdn-cgi/challenge-platform/x.js">',
    '<p>Please verify you are human</p>',
  ])('keeps programs out: %s', (body) => {
    expect(isBlockedPage(body)).toBe(true)
  })

  it.each(['', '<title>Used cars in Riverside</title>', '<h1>Just a moment from the lake</h1>'])(
    'does not: %s',
    (body) => {
      expect(isBlockedPage(body)).toBe(false)
    },
  )
})
