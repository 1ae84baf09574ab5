import type { BeforeListTableServerProps } from 'payload'
import { formatProviders } from '../../auth/staff/sign-in-methods.ts'
import { InviteForm } from './invite-form.tsx'
import { getService } from '../../services.ts'

/** The invitation form above the list of staff, for admins, if there is an identity provider. */
export function Invite({ payload, user }: Pick<BeforeListTableServerProps, 'payload' | 'user'>) {
  const { providers } = getService(payload, 'signIn')
  if (user?.collection !== 'users' || user.role !== 'admin' || providers.length === 0) return null
  return (
    <details className="invite">
      <summary>Invite someone</summary>
      <InviteForm by={formatProviders(payload)} />
    </details>
  )
}
