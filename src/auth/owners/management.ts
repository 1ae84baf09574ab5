import type { Settings } from '../../env.ts'
import { ProviderUnavailable } from './owner-tokens.ts'
import { createProviderFetch, type ProviderFetchOptions } from './tokens/provider-fetch.ts'

/**
 * The port to the identity provider for resending its verification mail: null if it will be sent,
 * else the reason why not.
 */
export type ResendVerification = (subject: string) => Promise<string | null>

/** Auth0's management API, if the settings name one. */
export function createResendVerification(
  settings: Settings,
  options: ProviderFetchOptions = {},
): ResendVerification | null {
  const { OWNERS_MANAGEMENT_URL: base, OWNERS_MANAGEMENT_TOKEN: token } = settings
  if (!base || !token) return null
  const fetch = createProviderFetch(options)
  return async (subject) => {
    const request = fetch(new URL('/api/v2/jobs/verification-email', base), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ user_id: subject }),
    })
    const response = await request.catch((error: unknown) => {
      if (error instanceof ProviderUnavailable) return null
      throw error
    })
    if (!response)
      return (
        'The identity provider is unavailable, so the e-mail could not be requested. Try ' +
        'again in a minute.'
      )
    return response.ok
      ? null
      : 'The identity provider refused to send the e-mail; it responded with status ' +
          `${response.status}.`
  }
}
