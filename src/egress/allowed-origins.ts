import { isIP } from 'node:net'
import { isPublicAddress } from './addresses.ts'

/** The host of an origin as an address or a name, without the brackets of IPv6. */
const getHost = (origin: string) => new URL(origin).hostname.replace(/^\[|\]$/g, '')

/**
 * Why origins off the public internet are not allowed, as one sentence each; empty if they are
 * allowed. A name could resolve to anything, so only addresses and localhost are allowed, and in
 * production none.
 */
export function findOriginProblems(
  name: string,
  origins: readonly string[],
  production: boolean,
): string[] {
  return origins.flatMap((origin) => {
    const host = getHost(origin)
    if (isIP(host) === 0 && host !== 'localhost')
      return [
        `${name} has ${origin}, but it accepts only IP addresses on this network, such as ` +
          'http://127.0.0.1:4101, not host names.',
      ]
    if (production && !isPublicAddress(host))
      return [
        `${name} has ${origin}, which is not on the public internet. Production fetches ` +
          'only from the public internet: leave it out.',
      ]
    return []
  })
}
