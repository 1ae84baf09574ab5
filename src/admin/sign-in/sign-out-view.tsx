import type { AdminViewServerProps } from 'payload'
import { SystemTheme } from '../system-theme.tsx'
import { SignOut } from './sign-out.tsx'

/**
 * Signs out, and reports it only if the server confirmed it. Payload's own screen reports it in any
 * case.
 */
export function SignOutView({ initPageResult: { req } }: AdminViewServerProps) {
  return (
    <>
      <SystemTheme />
      <SignOut isSignedIn={Boolean(req.user)} />
    </>
  )
}
