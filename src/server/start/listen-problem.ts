import { lookup } from 'node:dns/promises'
import { createServer } from 'node:net'
import { isLoopback } from '../../domain/loopback.ts'
import { describeNetworkError, getSystemErrorCode } from '../../domain/system-error.ts'
import type { Settings } from '../../env.ts'
import { quoteValue } from '../../settings/setting-errors.ts'

type Address = Pick<Settings, 'HOST' | 'PORT'>

const WAY_OUT =
  'Set it to an address of this machine, such as 127.0.0.1, or to 0.0.0.0 for all of them.'

/**
 * Explains why the product cannot listen on HOST and PORT; null if it can. The port is free again
 * afterwards.
 */
export async function findListenProblem(settings: Address): Promise<string | null> {
  const error = await tryListening(settings)
  return error ? describeListenError(error, settings) : null
}

/** Describes an error of `listen` in a sentence. */
export function describeListenError(error: unknown, { HOST, PORT }: Address): string {
  const code = getSystemErrorCode(error)
  const other = PORT === 65_535 ? PORT - 1 : PORT + 1
  if (code === 'EADDRINUSE')
    return (
      `Port ${PORT} is already in use. Stop the program that uses it, or start on another ` +
      `port: PORT=${other} npm start.`
    )
  if (code === 'EACCES')
    return (
      `PORT is ${PORT}, which this user may not listen on. Choose port 1024 or higher, such ` +
      'as PORT=3000, or grant this user permission to use that port.'
    )
  return describeHostError(error, 'HOST', HOST)
}

/**
 * Explains why this machine cannot listen on the host of a setting, whatever the port; null if it
 * can.
 */
export async function findHostProblem(setting: string, host: string): Promise<string | null> {
  const error = await tryListening({ HOST: host, PORT: 0 })
  return error ? describeHostError(error, setting, host) : null
}

function describeHostError(error: unknown, setting: string, host: string): string {
  if (getSystemErrorCode(error) === 'EADDRNOTAVAIL')
    return `${setting} is ${quoteValue(host)}, which is not an address of this machine. ${WAY_OUT}`
  const reason = describeNetworkError(error)
  return (
    `${setting} is ${quoteValue(host)}, which this machine cannot listen on: ${reason}. ` +
    `${WAY_OUT}`
  )
}

/**
 * Whether others can reach a server that listens on a host. False only if every address of the host
 * is a loopback address.
 */
export async function isReachableByOthers(host: string): Promise<boolean> {
  if (isLoopback(host)) return false
  const addresses = await lookup(host, { all: true }).catch(() => [])
  return addresses.length === 0 || addresses.some(({ address }) => !isLoopback(address))
}

function tryListening({ HOST, PORT }: Address): Promise<Error | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', resolve)
    server.listen({ host: HOST, port: PORT, exclusive: true }, () =>
      server.close(() => resolve(null)),
    )
  })
}
