import type { Settings } from '../env.ts'
import { providerFetch, type ProviderFetchOptions } from './tokens/provider-fetch.ts'

/** The port through which the identity provider is asked to send its verification mail again: null when it will, else why it won't. */
export type ResendVerification = (subject: string) => Promise<string | null>

/** Auth0's management API, where the settings name one. Throws ProviderAway. */
export function resendOfSettings(settings: Settings, options: ProviderFetchOptions = {}): ResendVerification | null {
  const { OWNERS_MANAGEMENT_URL: base, OWNERS_MANAGEMENT_TOKEN: token } = settings
  if (!base || !token) return null
  const fetch = providerFetch(options)
  return async (subject) => {
    const response = await fetch(new URL('/api/v2/jobs/verification-email', base), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ user_id: subject }),
    })
    return response.ok ? null : `The identity provider refused to send the mail; it answered ${response.status}.`
  }
}
