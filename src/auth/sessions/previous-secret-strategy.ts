import { errors, jwtVerify, SignJWT } from 'jose'
import { type AuthStrategy, extractJWT, JWTAuthentication } from 'payload'
import { getSigningSecrets } from './signing-secrets.ts'

/**
 * Accepts a session whose token was signed with the previous secret. The token is verified and
 * signed again with the current secret, for this request only, and Payload then authenticates it as
 * usual: its expiry, its account and its row in `users_sessions`. The browser gets a new token at
 * the next refresh.
 */
export const previousSecretStrategy: AuthStrategy = {
  name: 'previous-secret',
  authenticate: async (args) => {
    const { headers, payload } = args
    const [current, previous] = getSigningSecrets(payload)
    const token = previous ? extractJWT({ headers, payload }) : null
    const renewed = previous && token ? await signAgain(token, previous, current) : null
    if (!renewed) return { user: null }
    const renewedHeaders = new Headers(headers)
    renewedHeaders.set('authorization', `JWT ${renewed}`)
    return JWTAuthentication({ ...args, headers: renewedHeaders, strategyName: 'local-jwt' })
  },
}

/** The same token signed with `current`; null if it is not valid with `previous`. */
async function signAgain(token: string, previous: string, current: string): Promise<string | null> {
  try {
    const verified = await jwtVerify(token, encode(previous), { algorithms: ['HS256'] })
    return await new SignJWT(verified.payload)
      .setProtectedHeader(verified.protectedHeader)
      .sign(encode(current))
  } catch (error) {
    if (error instanceof errors.JOSEError) return null
    throw error
  }
}

const encode = (secret: string) => new TextEncoder().encode(secret)
