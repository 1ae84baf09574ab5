import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isLoopback } from '../domain/loopback.ts'
import { canonicalizeAddress, isPublicAddress } from './addresses.ts'
import { EgressFailure } from './failure.ts'

/** Every address of a name, in the order in which to try them. */
export type Resolve = (hostname: string) => Promise<readonly string[]>

/** The target of a connection. `protocol` is `http:` or `https:`; `hostname` has no brackets. */
export type Destination = {
  protocol: string
  hostname: string
  port: number
}

/** Returns the addresses to connect to. Throws EgressFailure if there are none. */
export type AddressGuard = {
  resolveAddresses: (destination: Destination) => Promise<readonly string[]>
}

/**
 * Decides which addresses a connection may be made to. It is called for every connection, also
 * after a redirect, and the connection is made to the address that it returned: a DNS change in the
 * meantime has no effect.
 */
export class Gate implements AddressGuard {
  readonly #allowed: ReadonlySet<string>
  readonly #resolve: Resolve

  /**
   * `allowed` are the exact origins off the public internet that may be reached; see
   * `findOriginProblems`.
   */
  constructor(allowed: readonly string[], resolve: Resolve = resolveBySystem) {
    this.#allowed = new Set(allowed.map((origin) => new URL(origin).origin))
    this.#resolve = resolve
  }

  /** Whether an origin is allowed although it is not on the public internet. */
  isAllowed(url: URL): boolean {
    return this.#allowed.has(url.origin)
  }

  /**
   * The addresses of a destination, all checked; if one is not public, all are refused. Throws
   * EgressFailure, with the same message for every port of such a host.
   */
  async resolveAddresses(destination: Destination): Promise<readonly string[]> {
    const { hostname } = destination
    const addresses = await findAddresses(hostname, this.#resolve, describeUnreachable)
    const here = this.isAllowed(buildUrl(destination))
    const open = (address: string) =>
      isPublicAddress(address) || (here && isSameHost(hostname, address))
    if (addresses.length > 0 && addresses.every(open)) return addresses
    throw new EgressFailure('refused', describeUnreachable(hostname))
  }
}

/**
 * Creates the guard for servers that the operator has set up, such as an identity provider: they
 * may be in a private network. Never use it for an address that a user entered.
 */
export const createTrustedGuard = (resolve: Resolve = resolveBySystem): AddressGuard => ({
  resolveAddresses: async ({ hostname }) => {
    const addresses = await findAddresses(hostname, resolve, describeUnresolved)
    if (addresses.length > 0) return addresses
    throw new EgressFailure('network', describeUnresolved(hostname))
  },
})

/**
 * Creates the guard for one server that the operator has set up, which may be in a private network.
 * Others, to which it redirects, must be on the public internet.
 */
export function createServerGuard(url: string, resolve: Resolve = resolveBySystem): AddressGuard {
  const [trusted, gate] = [createTrustedGuard(resolve), new Gate([], resolve)]
  const { origin } = new URL(url)
  return {
    resolveAddresses: (destination) =>
      (buildUrl(destination).origin === origin ? trusted : gate).resolveAddresses(destination),
  }
}

const buildUrl = ({ protocol, hostname, port }: Destination): URL =>
  new URL(`${protocol}//${isIP(hostname) === 6 ? `[${hostname}]` : hostname}:${port}`)

/** All addresses of a host: an address itself, or those of a name. Throws EgressFailure. */
async function findAddresses(
  hostname: string,
  resolve: Resolve,
  describeFailure: (hostname: string) => string,
): Promise<readonly string[]> {
  if (isIP(hostname) > 0) return [hostname]
  if (LOCAL.test(hostname)) return ['127.0.0.1']
  try {
    return await resolve(hostname)
  } catch (cause) {
    throw new EgressFailure('network', describeFailure(hostname), { cause })
  }
}

/**
 * One message for a name with a private address and for one with none, so that it does not reveal
 * internal names.
 */
const describeUnreachable = (hostname: string) =>
  `${hostname} has no address on the public internet, so it cannot be fetched.`

const describeUnresolved = (hostname: string) => `${hostname} has no address.`

/** Other names for localhost, which is this machine for every resolver (RFC 6761). */
const LOCAL = /^localhost\.$|\.localhost\.?$/

/** Whether an address is the one that an allowed origin names. */
const isSameHost = (hostname: string, address: string) =>
  hostname === 'localhost'
    ? isLoopback(address)
    : canonicalizeAddress(hostname) === canonicalizeAddress(address)

const resolveBySystem: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, order: 'ipv4first' })).map(({ address }) => address)
