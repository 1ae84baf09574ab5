const GROUPS = 8
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
  const canonical = canonicalizeAddress(address)
  if (canonical === null) return address
  const groups = splitGroups(canonical)
  const inside = groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff' ? groups.slice(6) : null
  return inside ? formatDotted(inside) : `${groups.slice(0, NETWORK_GROUPS).join(':')}::/64`
}

/**
 * An IPv6 address in the form of the URL standard: hexadecimal groups, with the longest run of
 * zeros omitted; null for everything else.
 */
function canonicalizeAddress(address: string): string | null {
  if (!address.includes(':')) return null
  const url = URL.parse(`http://[${address.replace(/%.*$/, '')}]`)
  return url ? url.hostname.slice(1, -1) : null
}

function splitGroups(canonical: string): string[] {
  const [before = '', after] = canonical.split('::')
  const [first, last] = [before, after ?? ''].map((part) => part.split(':').filter(Boolean)) as [
    string[],
    string[],
  ]
  return [...first, ...Array<string>(GROUPS - first.length - last.length).fill('0'), ...last]
}

const formatDotted = (groups: readonly string[]) =>
  groups
    .flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255])
    .join('.')
