import type { BeforeListTableServerProps } from 'payload'
import { formatProviders, getSignInMethods } from '../../access/sign-in-methods.ts'
import { InviteForm } from './invite-form.tsx'

/**
 * Above the list of staff, for admins where there is a provider: the way to invite somebody,
 * without a password.
 */
export function Invite({ payload, user }: Pick<BeforeListTableServerProps, 'payload' | 'user'>) {
  const { providers } = getSignInMethods(payload.config)
  if (user?.collection !== 'users' || user.role !== 'admin' || providers.length === 0) return null
  return (
    <details className="invite">
      <summary>Invite somebody</summary>
      <InviteForm by={formatProviders(payload.config)} />
    </details>
  )
}
