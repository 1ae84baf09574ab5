import type { AdminViewServerProps } from 'payload'
import { SystemTheme } from '../system-theme.tsx'
import { SignOut } from './sign-out.tsx'

/**
 * Signs out, and reports it only when the server did: Payload's own screen reports it whatever the
 * server answers.
 */
export function SignOutView({ initPageResult: { req } }: AdminViewServerProps) {
  return (
    <>
      <SystemTheme />
      <SignOut isSignedIn={Boolean(req.user)} />
    </>
  )
}
