import ipaddr from 'ipaddr.js'

const NETWORK_GROUPS = 4
const WITH_PORT = /^(?:(\d+(?:\.\d+){3})|\[([^\]]+)\]):\d+$/

/**
 * The address block that limits count an address as. An IPv4 address is its own block, and so is an
 * IPv4 address mapped to IPv6. For IPv6, the block is the first 64 bits, because one subscriber
 * usually has all of these addresses (RFC 6177). A port after the address, as some proxies add it,
 * is removed: it changes with each connection. A text that is not an address is returned unchanged.
 */
export function getAddressBlock(raw: string): string {
  const [, four, six] = WITH_PORT.exec(raw) ?? []
  const address = four ?? six ?? raw
  if (!ipaddr.IPv6.isValid(address)) return address
  const parsed = ipaddr.process(address)
  if (parsed instanceof ipaddr.IPv4) return parsed.toString()
  const network = parsed.parts.slice(0, NETWORK_GROUPS).map((group) => group.toString(16))
  return `${network.join(':')}::/64`
}
