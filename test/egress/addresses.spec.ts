import { describe, expect, it } from '@jest/globals'
import { canonicalizeAddress, isPublicAddress } from '../../src/egress/addresses.ts'
import { findOriginProblems } from '../../src/egress/allowed-origins.ts'

const HIDDEN = [
  '127.0.0.1 127.9.9.9 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 ' +
    '192.168.0.1 169.254.169.254 100.64.0.1',
  '100.127.255.255 192.0.0.1 192.0.2.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.7 ' +
    '192.88.99.1 224.0.0.1 239.1.1.1 240.0.0.1',
  '255.255.255.255 :: ::1 ::127.0.0.1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:8.8.8.8 ' +
    '64:ff9b::7f00:1 64:ff9b:1::1 2002::1',
  '2002:7f00:1:: 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:10::1 2001:20::1 ' +
    '2001:db8::1 100::1 5f00::1 fc00::1 fd00::1',
  'fe80::1 fec0::1 ff02::1 3fff::1 4000::1 fe80::1%eth0',
].flatMap((line) => line.split(' '))

describe('an address', () => {
  it.each(HIDDEN)('%s is not on the public internet', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.15.0.1',
    '172.32.0.1',
    '100.128.0.1',
    '198.20.0.1',
    '2606:4700::1111',
    '2a00:1450::8a',
  ])('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each(['', 'localhost', 'example.com', '127.1', '2130706433', '8.8.8.8 ', '[::1]'])(
    '"%s" is none, and not public',
    (text) => {
      expect(isPublicAddress(text)).toBe(false)
    },
  )

  it('has one spelling', () => {
    expect(canonicalizeAddress('0:0:0:0:0:0:0:1')).toBe('::1')
    expect(canonicalizeAddress('localhost')).toBe('localhost')
  })
})

describe('origins off the public internet', () => {
  it('may be named by address, and as localhost, outside production', () => {
    expect(
      findOriginProblems(
        'X',
        ['http://127.0.0.1:4101', 'http://[::1]:4101', 'http://localhost:1'],
        false,
      ),
    ).toEqual([])
  })

  it('may not be named by a name, which could lead anywhere', () => {
    expect(findOriginProblems('X', ['http://dealer.internal:80'], false)).toEqual([
      'X has http://dealer.internal:80, but it accepts only IP addresses on this network, such ' +
        'as http://127.0.0.1:4101, not host names.',
    ])
  })

  it.each([
    'http://127.0.0.1:4101',
    'http://localhost:4101',
    'http://10.0.0.5',
    'http://[::1]:80',
    'http://192.168.1.1',
  ])('stop a start in production: %s', (origin) => {
    expect(findOriginProblems('X', [origin], true)).toEqual([
      `X has ${origin}, which is not on the public internet. Production fetches only from ` +
        'the public internet: leave it out.',
    ])
  })
})
