import { DefaultTemplate } from '@payloadcms/next/templates'
import { Gutter } from '@payloadcms/ui'
import { redirect } from 'next/navigation.js'
import type { AdminViewServerProps } from 'payload'
import { formatAdminURL } from 'payload/shared'
import { JobsScreen } from './jobs-screen.tsx'

/**
 * What Forecourt does by itself, for staff. Payload draws no frame around a view of ours and lets everybody in: who is not signed in is
 * sent to sign in here. What is shown comes from the API, which asks again.
 */
export function JobsView({ initPageResult, params, searchParams, viewActions }: AdminViewServerProps) {
  const { locale, permissions, req, visibleEntities } = initPageResult
  const { routes } = req.payload.config
  if (!permissions.canAccessAdmin || !permissions.collections?.['job-history']?.read)
    redirect(
      `${formatAdminURL({ adminRoute: routes.admin, path: '/login' })}?redirect=${encodeURIComponent(`${routes.admin}/jobs`)}`,
    )
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
      <Gutter className="jobs">
        <JobsScreen mayQueueAgain={Boolean(permissions.collections.inventory?.create)} />
      </Gutter>
    </DefaultTemplate>
  )
}
