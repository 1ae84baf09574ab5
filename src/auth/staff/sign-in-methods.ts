import type { Payload } from 'payload'
import { describePasswordReset, type PasswordReset } from '../../domain/password-reset.ts'
import type { Settings } from '../../env.ts'
import { getService } from '../../services.ts'

declare module '../../services.ts' {
  interface Services {
    signIn: SignInMethods
  }
}

/**
 * How staff can sign in: what the sign-in page offers and what the server accepts. Holds no
 * secrets.
 */
export type SignInMethods = Readonly<{
  passwords: boolean
  providers: readonly { id: string; label: string }[]
}>

/** The sign-in methods that the settings enable. */
export const buildSignInMethods = ({
  localPasswords,
  signInProviders,
}: Settings): SignInMethods => ({
  passwords: localPasswords,
  providers: signInProviders.map(({ id, label }) => ({ id, label })),
})

/** How a password is replaced in a running system. */
export function getPasswordReset(payload: Pick<Payload, 'config'>): PasswordReset {
  const { passwords, providers } = getService(payload, 'signIn')
  return describePasswordReset(
    passwords,
    providers.map(({ label }) => label),
  )
}

/** The providers as a sentence names them; empty if there are none. */
export const formatProviders = (payload: Pick<Payload, 'config'>): string =>
  getService(payload, 'signIn')
    .providers.map(({ label }) => label)
    .join(' or ')
