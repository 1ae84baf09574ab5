import type { SanitizedConfig } from 'payload'
import { describePasswordReset, type PasswordReset } from '../../domain/password-reset.ts'
import type { Settings } from '../../env.ts'

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

/** The sign-in methods of a running system, which its configuration holds in `custom.signIn`. */
export const getSignInMethods = ({ custom }: Pick<SanitizedConfig, 'custom'>) =>
  custom['signIn'] as SignInMethods

/** How a password is replaced in a running system. */
export function getPasswordReset(config: Pick<SanitizedConfig, 'custom'>): PasswordReset {
  const { passwords, providers } = getSignInMethods(config)
  return describePasswordReset(
    passwords,
    providers.map(({ label }) => label),
  )
}

/** The providers as a sentence names them; empty if there are none. */
export const formatProviders = (config: Pick<SanitizedConfig, 'custom'>): string =>
  getSignInMethods(config)
    .providers.map(({ label }) => label)
    .join(' or ')
