import { Link } from '@payloadcms/ui'
import type { AdminViewServerProps } from 'payload'
import { formatAdminURL } from 'payload/shared'
import { getPasswordReset } from '../../auth/staff/sign-in-methods.ts'
import { SystemTheme } from '../system-theme.tsx'
import './forgot-view.css'

/**
 * Replaces Payload's form, which would report an e-mail that is never sent: explains how to reset a
 * forgotten password.
 */
export function ForgotView({ initPageResult: { req } }: AdminViewServerProps) {
  const { config } = req.payload
  const { title, steps } = getPasswordReset({ config })
  const back = req.user
    ? { path: '/account', label: 'Go to your account' }
    : { path: '/login', label: 'Back to sign in' }
  return (
    <div className="forgotten">
      <SystemTheme />
      <h1>Forgot your password?</h1>
      <p>{title}</p>
      {steps.map(({ text, command }) => (
        <div key={text}>
          <p>{text}</p>
          {command && <pre>{command}</pre>}
        </div>
      ))}
      <Link
        href={formatAdminURL({ adminRoute: config.routes.admin, path: back.path as '/login' })}
        prefetch={false}
      >
        {back.label}
      </Link>
    </div>
  )
}
