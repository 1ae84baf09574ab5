'use client'
import { Link, useConfig } from '@payloadcms/ui'
import { usePathname } from 'next/navigation.js'
import { formatAdminURL } from 'payload/shared'
import './nav-link.css'

/**
 * A sidebar link to a screen that is not a table, below the tables. `name` is its path under the
 * panel.
 */
export function NavLink({ name, label }: { name: string; label: string }) {
  const { config } = useConfig()
  const path = usePathname()
  const href = formatAdminURL({ adminRoute: config.routes.admin, path: `/${name}` })
  const here = path === href
  return (
    <Link
      aria-current={here ? 'page' : undefined}
      className="nav__link own-nav-link"
      href={href}
      id={`nav-${name}`}
      prefetch={false}
    >
      {here && <div className="nav__link-indicator" />}
      <span className="nav__link-label">{label}</span>
    </Link>
  )
}
