import type { BeforeListTableServerProps } from 'payload'
import { providerWords, signInWays } from '../../access/sign-in-ways.ts'
import { InviteForm } from './invite-form.tsx'

/** Above the list of staff, for admins where there is a provider: the way to invite somebody, without a password. */
export function Invite({ payload, user }: Pick<BeforeListTableServerProps, 'payload' | 'user'>) {
  const { providers } = signInWays(payload.config)
  if (user?.collection !== 'users' || user.role !== 'admin' || providers.length === 0) return null
  return (
    <details className="invite">
      <summary>Invite somebody</summary>
      <InviteForm by={providerWords(payload.config)} />
    </details>
  )
}
