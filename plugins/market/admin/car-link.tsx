'use client'
import { Link, useConfig, usePreferences } from '@payloadcms/ui'
import type { ClientField } from 'payload'
import type { ReactNode } from 'react'

/**
 * The way to the tab Market of a car. Payload opens a screen on the tab that its reader saw last,
 * and that is all it can be told: so this is said to have been the one. Opened in another window
 * the car is on whatever tab that was.
 */
export function CarLink({ id, children }: { id: string; children: ReactNode }) {
  const { config, getEntityConfig } = useConfig()
  const { setPreference } = usePreferences()
  const fields = findMarketTab(getEntityConfig({ collectionSlug: 'inventory' }).fields)
  return (
    <Link
      href={`${config.routes.admin}/collections/inventory/${encodeURIComponent(id)}`}
      onClick={() => void (fields && setPreference(`collection-inventory-${id}`, { fields }))}
      prefetch={false}
    >
      {children}
    </Link>
  )
}

/**
 * The tab as Payload remembers it: by its place among the tabs, and theirs among the fields. Null
 * where there is none.
 */
function findMarketTab(
  fields: readonly ClientField[],
): Record<string, { tabIndex: number }> | null {
  const index = fields.findIndex(({ type }) => type === 'tabs')
  const field = fields[index]
  const tabIndex =
    field?.type === 'tabs' ? field.tabs.findIndex(({ label }) => label === 'Market') : -1
  return tabIndex < 0 ? null : { [`_index-${index}`]: { tabIndex } }
}
