import { describe, expect, it } from '@jest/globals'
import { getAddressBlock } from '../../src/domain/address-block.ts'

describe('whom an address counts as', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:cb00:7109', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['', ''],
    ['unknown', 'unknown'],
    ['1:2', '1:2'],
    ['[::1]', '[::1]'],
  ])('is for %p %p', (address, block) => {
    expect(getAddressBlock(address)).toBe(block)
  })

  it('is one for every address of a network, and another for that of a neighbour', () => {
    const blocks = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::', '2001:db8:1:3::1'].map(
      getAddressBlock,
    )
    expect(new Set(blocks).size).toBe(2)
    expect(blocks[0]).toBe(blocks[1])
  })

  it.each([
    ['203.0.113.7:50123', '203.0.113.7'],
    ['[2001:db8:1:2::7]:50123', '2001:db8:1:2::/64'],
  ])('counts %s, as some proxies write it, without the port', (address, block) => {
    expect(getAddressBlock(address)).toBe(block)
  })
})
