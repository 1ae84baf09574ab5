import { describe, expect, it } from '@jest/globals'
import { parseDeviceName } from '../../src/domain/device.ts'

const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'

describe('a device', () => {
  it.each([
    [
      'Firefox on Windows',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
    ],
    ['Chrome on Linux', `Mozilla/5.0 (X11; Linux x86_64) ${CHROME}`],
    ['Chrome on Android', `Mozilla/5.0 (Linux; Android 15; Pixel 9) ${CHROME}`],
    ['Edge on Windows', `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Edg/141.0.0.0`],
    [
      'Safari on iPhone',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 ' +
        'Version/18.0 Mobile Safari/604.1',
    ],
    [
      'Safari on macOS',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 ' +
        'Safari/605.1.15',
    ],
    ['curl', 'curl/8.5.0'],
  ])('is %s', (name, userAgent) => {
    expect(parseDeviceName(userAgent)).toBe(name)
  })

  it('that says nothing has no name', () => {
    for (const result of [undefined, null, '', ' \n ']) expect(parseDeviceName(result)).toBeNull()
  })

  it('cannot write a second line, nor a long one', () => {
    expect(parseDeviceName(`evil\n${'x'.repeat(500)}`)).toBe('evil')
    expect(parseDeviceName('x'.repeat(500))).toHaveLength(60)
  })
})
