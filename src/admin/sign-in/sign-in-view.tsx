import { LoginView } from '@payloadcms/next/views'
import { redirect } from 'next/navigation.js'
import type { AdminViewServerProps } from 'payload'
import { signInWays } from '../../access/sign-in-ways.ts'
import { returnPath } from '../../domain/return-to.ts'
import { Logo } from '../brand.tsx'
import { SignInHelp } from './sign-in-help.tsx'
import { WaysIn } from './ways-in.tsx'

/** The sign-in page: Payload's own where passwords are allowed, else the same without a form. */
export function SignInView(props: AdminViewServerProps) {
  const { initPageResult, searchParams = {} } = props
  const { payload, user } = initPageResult.req
  if (signInWays(payload.config).passwords) return <LoginView {...props} />
  if (user) redirect(returnPath(searchParams['redirect']))
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
