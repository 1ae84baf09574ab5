import { DefaultEditView, Gutter } from '@payloadcms/ui'
import type { DocumentViewServerProps } from 'payload'
import { formatAdminURL } from 'payload/shared'
import { formatProviders } from '../../auth/staff/sign-in-methods.ts'
import { FormHeading } from './form-heading.tsx'
import { InviteForm } from './invite-form.tsx'
import { getService } from '../../services.ts'
import './user-view.css'

/**
 * The form of a staff member: Payload's own if passwords are enabled. Otherwise, new members are
 * invited, and the form of an existing member has no button to change the password.
 */
export function UserView(props: DocumentViewServerProps) {
  const { initPageResult, payload } = props
  if (getService(payload, 'signIn').passwords) return <DefaultEditView {...pickViewProps(props)} />
  if (initPageResult.docID)
    return (
      <div className="user-without-password">
        <DefaultEditView {...pickViewProps(props)} />
      </div>
    )
  const by = formatProviders(payload)
  const users = formatAdminURL({
    adminRoute: payload.config.routes.admin,
    path: '/collections/users',
  })
  return (
    <Gutter className="new-user">
      <FormHeading title="Invite someone" under={{ label: 'Users', url: users }} />
      {by ? (
        <section className="invite">
          <InviteForm by={by} />
        </section>
      ) : (
        <p role="alert">
          You cannot invite anyone yet: passwords are disabled, and no identity provider is
          configured. Set <code>OIDC_&lt;NAME&gt;_ISSUER</code> and related settings, or{' '}
          <code>LOCAL_PASSWORDS=true</code>.
        </p>
      )}
    </Gutter>
  )
}

/** The props that Payload's form accepts; the rest stays on the server. */
function pickViewProps(props: DocumentViewServerProps) {
  const {
    doc: _doc,
    hasPublishedDoc: _published,
    i18n: _i18n,
    initPageResult: _page,
    locale: _locale,
    ...some
  } = props
  const {
    params: _params,
    payload: _payload,
    permissions: _permissions,
    routeSegments: _segments,
    ...fewer
  } = some
  const { searchParams: _search, user: _user, versions: _versions, ...shown } = fewer
  return shown
}
