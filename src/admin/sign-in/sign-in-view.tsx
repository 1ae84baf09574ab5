import { LoginView } from '@payloadcms/next/views'
import { redirect } from 'next/navigation.js'
import type { AdminViewServerProps } from 'payload'
import { resolveReturnPath } from '../../domain/return-to.ts'
import { Logo } from '../brand.tsx'
import { SignInHelp } from './sign-in-help.tsx'
import { WaysIn } from './sign-in-methods.tsx'
import { getService } from '../../services.ts'

/**
 * The sign-in page: Payload's own if passwords are enabled, otherwise the same page without a form.
 */
export function SignInView(props: AdminViewServerProps) {
  const { initPageResult, searchParams = {} } = props
  const { payload, user } = initPageResult.req
  if (getService(payload, 'signIn').passwords) return <LoginView {...props} />
  if (user) redirect(resolveReturnPath(searchParams['redirect']))
  return (
    <>
      <div className="login__brand">
        <Logo />
      </div>
      <WaysIn payload={payload} searchParams={searchParams} />
      <SignInHelp payload={payload} />
    </>
  )
}
