import type { ServerProps } from 'payload'
import { formatAdminURL } from 'payload/shared'
import { getSignInMethods } from '../../auth/staff/sign-in-methods.ts'
import { SystemTheme } from '../system-theme.tsx'

/** Help at the end of the sign-in page. */
export function SignInHelp({ payload }: Pick<ServerProps, 'payload'>) {
  const { passwords } = getSignInMethods(payload.config)
  return (
    <p className="sign-in-help">
      <SystemTheme />
      {passwords ? (
        <a href={formatAdminURL({ adminRoute: payload.config.routes.admin, path: '/forgot' })}>
          Forgot your password?
        </a>
      ) : (
        'No account yet? Ask an admin to invite you by your e-mail address.'
      )}
    </p>
  )
}
