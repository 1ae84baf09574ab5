import { Egress } from '../../../egress/egress.ts'
import { createTrustedGuard } from '../../../egress/gate.ts'
import { createWebFetch, type WebFetch } from '../../../egress/web-fetch.ts'
import { ProviderUnavailable } from '../owner-tokens.ts'

const MAX_BYTES = 64_000

export type ProviderFetchOptions = {
  /** The time limit for the provider, in milliseconds. */
  timeoutMs?: number
  /** How many milliseconds the provider is not called after it did not respond. */
  cooldownMs?: number
}

/**
 * Creates the only way to call the identity provider: at most 5 seconds and 64 KB, no redirects.
 * Throws ProviderUnavailable if it does not respond, or not properly. During an outage it is called
 * only once in a while, so that requests do not wait for it.
 */
export function createProviderFetch({
  timeoutMs = 5_000,
  cooldownMs = 3_000,
}: ProviderFetchOptions = {}): WebFetch {
  const limits = { total: timeoutMs, bytes: MAX_BYTES }
  const fetch = createWebFetch(new Egress(createTrustedGuard(), limits))
  const state = { aloneUntil: 0 }
  return async (url, init = {}) => {
    if (Date.now() < state.aloneUntil)
      throw new ProviderUnavailable('The identity provider did not respond a moment ago.')
    try {
      const response = await fetch(url, { ...init, redirect: 'error' })
      if (response.status >= 500 || response.status === 429)
        throw new Error(`it responded with status ${response.status}`)
      return response
    } catch (cause) {
      state.aloneUntil = Date.now() + cooldownMs
      throw new ProviderUnavailable(
        `The identity provider could not be reached: ${(cause as Error).message}`,
        { cause },
      )
    }
  }
}
