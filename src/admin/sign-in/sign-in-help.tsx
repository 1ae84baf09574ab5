import type { ServerProps } from 'payload'
import { signInWays } from '../../access/sign-in-ways.ts'
import { SystemTheme } from '../system-theme.tsx'

/** At the end of the sign-in page: what to do for whoever can't get in. There is no reset by mail. */
export function SignInHelp({ payload }: Pick<ServerProps, 'payload'>) {
  const { passwords } = signInWays(payload.config)
  return (
    <p className="sign-in-help">
      <SystemTheme />
      {passwords ? (
        <>
          Lost your password? Ask an admin, or run <code>npm run admin -- reset-password EMAIL</code> where Forecourt runs.
        </>
      ) : (
        'No account yet? Ask an admin to invite you by your e-mail address.'
      )}
    </p>
  )
}
