import { describe, expect, it } from '@jest/globals'
import { showInvisible } from '../../src/domain/show-invisible.ts'

describe('what nobody sees', () => {
  it('is shown by its code, on one line', () => {
    expect(showInvisible('a\nb\tc\u001b[31m\u200b\u202e\u2028')).toBe(
      'a\\u000ab\\u0009c\\u001b[31m\\u200b\\u202e\\u2028',
    )
  })

  it('is nothing of what people write', () => {
    const text = 'Ann’s “Büro” 😀 日本 {{ x }} \\u0041'
    expect(showInvisible(text)).toBe(text)
  })
})
