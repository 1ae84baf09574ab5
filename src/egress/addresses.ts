import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** What the registries set aside inside global unicast (2000::/3), beyond what ipaddr.js knows. */
const SET_ASIDE: readonly [string, number][] = [
  ['2001::', 23], // protocol assignments: Teredo, ORCHID, benchmarking
  ['2002::', 16], // 6to4, which carries any IPv4 address
  ['3fff::', 20], // documentation
]

/**
 * Whether an address is a host on the public internet: no loopback, private, link-local, shared,
 * multicast, documentation or reserved one, and no IPv6 address that carries an IPv4 address inside
 * (mapped, ::/96, NAT64, 6to4, Teredo). Anything that is no address is not.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0 || address.includes('%')) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  if (parsed instanceof ipaddr.IPv4) return !parsed.match(ipaddr.IPv4.parse('192.88.99.0'), 24)
  const global = parsed.match(ipaddr.IPv6.parse('2000::'), 3)
  return global && !SET_ASIDE.some(([net, bits]) => parsed.match(ipaddr.IPv6.parse(net), bits))
}

/** One spelling for an address that has many; the text itself where it is none. */
export function canonicalizeAddress(address: string): string {
  return isIP(address) === 0 ? address : ipaddr.parse(address).toString()
}
