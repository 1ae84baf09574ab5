'use client'
import { Link, useConfig } from '@payloadcms/ui'
import { usePathname } from 'next/navigation.js'
import { formatAdminURL } from 'payload/shared'
import './jobs-link.css'

/** The way to the jobs, under the tables of the system. */
export function JobsLink() {
  const { config } = useConfig()
  const path = usePathname()
  const href = formatAdminURL({ adminRoute: config.routes.admin, path: '/jobs' })
  const here = path === href
  return (
    <Link aria-current={here ? 'page' : undefined} className="nav__link jobs-link" href={href} id="nav-jobs" prefetch={false}>
      {here && <div className="nav__link-indicator" />}
      <span className="nav__link-label">Jobs</span>
    </Link>
  )
}
