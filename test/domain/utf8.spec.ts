import { describe, expect, it } from '@jest/globals'
import { decodeUtf8 } from '../../src/domain/utf8.ts'

describe('bytes', () => {
  it('are a text when they are UTF-8, with or without a byte order mark', () => {
    expect(decodeUtf8(Buffer.from('caf\u00e9 \u{1f697}'))).toBe('caf\u00e9 \u{1f697}')
    expect(decodeUtf8(Buffer.from('\ufeff{}'))).toBe('{}')
    expect(decodeUtf8(new ArrayBuffer(0))).toBe('')
  })

  it.each([
    ['Latin-1', Buffer.from('caf\u00e9', 'latin1')],
    ['half a pair', Buffer.from([0xed, 0xa0, 0xbd])],
    ['a long form', Buffer.from([0xc0, 0xaf])],
    ['a cut character', Buffer.from([0xe2, 0x82])],
  ])('are not one when they are %s', (_, bytes) => expect(decodeUtf8(bytes)).toBeNull())
})
