import type { SanitizedConfig } from 'payload'
import { describePasswordReset, type PasswordReset } from '../domain/password-reset.ts'
import type { Settings } from '../env.ts'

/**
 * How staff may sign in here: what the sign-in page offers and what the server takes. Holds no
 * secret.
 */
export type SignInMethods = Readonly<{
  passwords: boolean
  providers: readonly { id: string; label: string }[]
}>

/** The ways that the settings open. */
export const buildSignInMethods = ({
  localPasswords,
  signInProviders,
}: Settings): SignInMethods => ({
  passwords: localPasswords,
  providers: signInProviders.map(({ id, label }) => ({ id, label })),
})

/** The ways of a running system, which its configuration keeps under `custom.signIn`. */
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

/** The providers as a sentence names them; empty where there is none. */
export const formatProviders = (config: Pick<SanitizedConfig, 'custom'>): string =>
  getSignInMethods(config)
    .providers.map(({ label }) => label)
    .join(' or ')
