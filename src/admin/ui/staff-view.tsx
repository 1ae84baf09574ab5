import { DefaultTemplate } from '@payloadcms/next/templates'
import { Gutter } from '@payloadcms/ui'
import { redirect } from 'next/navigation.js'
import type { AdminViewServerProps } from 'payload'
import { formatAdminURL } from 'payload/shared'
import type { ReactNode } from 'react'

type Props = {
  view: AdminViewServerProps
  name: string
  canView: boolean
  className: string
  children: ReactNode
}

/**
 * The frame of a custom screen, for staff; `name` is its path under the
 * panel, with its query. Payload renders no
 * frame around such a view and admits everyone: this component redirects visitors who are not
 * signed in, or who lack access, to the sign-in page. The data comes from the API, which checks
 * access again.
 */
export function StaffView({
  view: { initPageResult, params, searchParams, viewActions },
  ...own
}: Props) {
  const { locale, permissions, req, visibleEntities } = initPageResult
  const { admin } = req.payload.config.routes
  if (!permissions.canAccessAdmin || !own.canView) {
    const login = formatAdminURL({ adminRoute: admin, path: '/login' })
    const here = encodeURIComponent(`${admin}/${own.name}`)
    redirect(`${login}?redirect=${here}`)
  }
  return (
    <DefaultTemplate
      i18n={req.i18n}
      payload={req.payload}
      permissions={permissions}
      req={req}
      visibleEntities={visibleEntities}
      {...(locale && { locale })}
      {...(params && { params })}
      {...(searchParams && { searchParams })}
      {...(req.user && { user: req.user })}
      {...(viewActions && { viewActions })}
    >
      <Gutter className={own.className}>{own.children}</Gutter>
    </DefaultTemplate>
  )
}
