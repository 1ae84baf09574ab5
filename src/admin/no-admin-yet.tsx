import { Logo } from './brand.tsx'
import { SystemTheme } from './system-theme.tsx'

const EMAIL = <code>FIRST_ADMIN_EMAIL</code>
const PASSWORD = <code>FIRST_ADMIN_PASSWORD</code>

/**
 * Instead of the form that lets whoever comes first make themselves an admin: how the one who runs
 * the server makes one.
 */
export function NoAdminYet() {
  return (
    <div className="no-admin-yet">
      <SystemTheme />
      <Logo />
      <h1>Nobody can sign in yet</h1>
      <p>
        The first admin is made where Forecourt runs, not here. Set {EMAIL} and {PASSWORD}
        and start it again, or run:
      </p>
      <pre>npm run admin -- create EMAIL</pre>
      <p>
        Then <a href="/admin/login">sign in</a>.
      </p>
    </div>
  )
}
