import { isIPv6 } from 'node:net'
import { RequestError, Server } from 'proxy-chain'
import type { Gate } from './gate.ts'

/**
 * Whether the proxy itself generated the status of a failed connection
 * (node_modules/proxy-chain/dist/statuses.js); sites do not use these.
 */
export const isProxyError = (status: number): boolean => status >= 590 && status <= 599

/** The only network access of a browser. */
export type GuardProxy = { url: string; close: () => Promise<void> }

/**
 * Opens a proxy on loopback that connects only to addresses that the gate has checked and allowed.
 * All traffic of a browser passes through it: pages, frames, images and sockets.
 */
export async function openGuardProxy(gate: Gate): Promise<GuardProxy> {
  const server = new Server({
    port: 0,
    host: '127.0.0.1',
    prepareRequestFunction: async ({ hostname, port, isHttp }) => {
      const bare = hostname.replace(/^\[|\]$/g, '')
      const destination = {
        protocol: isHttp ? 'http:' : 'https:',
        hostname: bare,
        port: Number(port),
      }
      const addresses = await gate.resolveAddresses(destination).catch((cause: unknown) => {
        throw Object.assign(new RequestError('Requests to this address are not allowed.', 403), {
          cause,
        })
      })
      return { dnsLookup: createLookup(addresses) as never }
    },
  })
  await server.listen()
  return { url: `http://127.0.0.1:${server.port}`, close: () => server.close(true) }
}

type LookupCallback = (
  error: null,
  address: string | { address: string; family: number }[],
  family?: number,
) => void

/** Creates a lookup function that returns the checked addresses for every name. */
const createLookup =
  (addresses: readonly string[]) =>
  (_name: string, options: { all?: boolean }, callback: LookupCallback) => {
    const all = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
    if (options.all) callback(null, all)
    else callback(null, all[0]?.address ?? '', all[0]?.family ?? 4)
  }
