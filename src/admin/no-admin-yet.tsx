import { Logo } from './brand.tsx'
import { SystemTheme } from './system-theme.tsx'

/**
 * Replaces the form with which the first visitor would become an admin: explains how the server's
 * operator creates one.
 */
export function NoAdminYet() {
  return (
    <div className="no-admin-yet">
      <SystemTheme />
      <Logo />
      <h1>No one can sign in yet</h1>
      <p>
        Create the first admin on the server, not here. Set <code>FIRST_ADMIN_EMAIL</code> and{' '}
        <code>FIRST_ADMIN_PASSWORD</code> and restart Forecourt, or run:
      </p>
      <pre>npm run admin -- create EMAIL</pre>
      <p>
        Then <a href="/admin/login">sign in</a>.
      </p>
    </div>
  )
}
