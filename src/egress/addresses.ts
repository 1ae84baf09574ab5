import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Reserved ranges within global unicast (2000::/3) that ipaddr.js does not know. */
const SET_ASIDE: readonly [string, number][] = [
  ['2001::', 23], // protocol assignments: Teredo, ORCHID, benchmarking
  ['2002::', 16], // 6to4, which carries any IPv4 address
  ['3fff::', 20], // documentation
]

/**
 * Whether an address is a host on the public internet: not loopback, private, link-local, shared,
 * multicast, documentation or reserved, and not an IPv6 address with an embedded IPv4 address
 * (mapped, ::/96, NAT64, 6to4, Teredo). False for anything that is not an address.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0 || address.includes('%')) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  if (parsed instanceof ipaddr.IPv4) return !parsed.match(ipaddr.IPv4.parse('192.88.99.0'), 24)
  const global = parsed.match(ipaddr.IPv6.parse('2000::'), 3)
  return global && !SET_ASIDE.some(([net, bits]) => parsed.match(ipaddr.IPv6.parse(net), bits))
}

/** The canonical spelling of an address; any other text is returned unchanged. */
export function canonicalizeAddress(address: string): string {
  return isIP(address) === 0 ? address : ipaddr.parse(address).toString()
}
