import { SystemTheme } from './system-theme.tsx'

/** Under the sign-in form: the way back in. There is no reset by mail yet. */
export function SignInHelp() {
  return (
    <p className="sign-in-help">
      <SystemTheme />
      Lost your password? Ask an admin, or run <code>npm run admin -- reset-password EMAIL</code> where Forecourt runs.
    </p>
  )
}
