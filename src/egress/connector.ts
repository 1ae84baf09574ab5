import type { Socket } from 'node:net'
import { buildConnector } from 'undici'
import type { AddressGuard } from './gate.ts'

/**
 * Connects undici only to the addresses that the guard returns, one after the other, and only with
 * HTTP/1.1. TLS still verifies the name.
 */
export function createGuardedConnector(
  guard: AddressGuard,
  timeout: number,
): buildConnector.connector {
  const connect = buildConnector({ timeout, allowH2: false })
  const connectTo = (options: buildConnector.Options, address: string) =>
    new Promise<Socket>((resolve, reject) => {
      connect({ ...options, hostname: address }, (error, socket) =>
        error ? reject(error) : resolve(socket),
      )
    })
  return (options, callback) => {
    connectSequentially(guard, options, connectTo).then(
      (socket) => callback(null, socket),
      (error: Error) => callback(error, null),
    )
  }
}

async function connectSequentially(
  guard: AddressGuard,
  options: buildConnector.Options,
  connectTo: (options: buildConnector.Options, address: string) => Promise<Socket>,
): Promise<Socket> {
  const { protocol, hostname } = options
  const port = Number(options.port) || (protocol === 'https:' ? 443 : 80)
  const addresses = await guard.resolveAddresses({ protocol, hostname, port })
  let failure: unknown
  for (const address of addresses.slice(0, 4)) {
    try {
      return await connectTo(options, address)
    } catch (error) {
      failure = error
    }
  }
  throw failure
}
