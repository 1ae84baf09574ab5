import type { SanitizedConfig } from 'payload'
import { describePasswordReset, type PasswordReset } from '../domain/password-reset.ts'
import type { Settings } from '../env.ts'

/** How staff may sign in here: what the sign-in page offers and what the server takes. Holds no secret. */
export type SignInWays = Readonly<{ passwords: boolean; providers: readonly { id: string; label: string }[] }>

/** The ways that the settings open. */
export const waysOf = ({ localPasswords, signInProviders }: Settings): SignInWays => ({
  passwords: localPasswords,
  providers: signInProviders.map(({ id, label }) => ({ id, label })),
})

/** The ways of a running system, which its configuration keeps under `custom.signIn`. */
export const signInWays = ({ custom }: Pick<SanitizedConfig, 'custom'>) => custom['signIn'] as SignInWays

/** How a password is replaced in a running system. */
export function passwordResetOf(config: Pick<SanitizedConfig, 'custom'>): PasswordReset {
  const { passwords, providers } = signInWays(config)
  return describePasswordReset(
    passwords,
    providers.map(({ label }) => label),
  )
}

/** The providers as a sentence names them; empty where there is none. */
export const providerWords = (config: Pick<SanitizedConfig, 'custom'>): string =>
  signInWays(config)
    .providers.map(({ label }) => label)
    .join(' or ')
