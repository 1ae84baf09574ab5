import { describe, expect, it } from '@jest/globals'
import { readSettings } from '../../src/env.ts'
import { parseClamdAddress } from '../../src/uploads/scan/clamd-address.ts'

describe('the address of a ClamAV daemon', () => {
  it.each([
    ['tcp://127.0.0.1:3310', { host: '127.0.0.1', port: 3310 }],
    ['tcp://clamav.internal:3310', { host: 'clamav.internal', port: 3310 }],
    ['tcp://[::1]:3310', { host: '::1', port: 3310 }],
    ['unix:/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
  ])('may be %s', (text, address) => expect(parseClamdAddress(text)).toEqual(address))

  it.each(['127.0.0.1:3310', 'tcp://127.0.0.1', 'tcp://a:0', 'tcp://a:70000', 'unix:clamd.ctl'])(
    'may not be %s',
    (text) => {
      expect(parseClamdAddress(text)).toBeNull()
      expect(() => readSettings({ CLAMAV_URL: text })).toThrow(
        /^CLAMAV_URL is .*, but it must look like tcp:\/\/127\.0\.0\.1:3310 or unix:/,
      )
    },
  )
})
