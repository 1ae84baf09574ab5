import type { ServerProps } from 'payload'
import { formatAdminURL } from 'payload/shared'
import { SystemTheme } from '../system-theme.tsx'
import { getService } from '../../services.ts'

/** Help at the end of the sign-in page. */
export function SignInHelp({ payload }: Pick<ServerProps, 'payload'>) {
  const { passwords } = getService(payload, 'signIn')
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
