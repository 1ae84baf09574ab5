import type { BeforeListTableServerProps } from 'payload'
import { formatProviders, getSignInMethods } from '../../auth/staff/sign-in-methods.ts'
import { InviteForm } from './invite-form.tsx'

/** The invitation form above the list of staff, for admins, if there is an identity provider. */
export function Invite({ payload, user }: Pick<BeforeListTableServerProps, 'payload' | 'user'>) {
  const { providers } = getSignInMethods(payload.config)
  if (user?.collection !== 'users' || user.role !== 'admin' || providers.length === 0) return null
  return (
    <details className="invite">
      <summary>Invite someone</summary>
      <InviteForm by={formatProviders(payload.config)} />
    </details>
  )
}
