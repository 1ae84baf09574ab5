'use client'
import { Link, useConfig, usePreferences } from '@payloadcms/ui'
import type { ClientField } from 'payload'
import { type ReactNode, useCallback } from 'react'

/**
 * A link to the Market tab of a car. Payload opens a form on the last viewed tab and accepts no
 * other hint, so this link stores Market as the last viewed tab. In a new window, the car opens on
 * whatever tab was viewed last.
 */
export function CarLink({ id, children }: { id: string; children: ReactNode }) {
  const { config } = useConfig()
  const chooseMarketTab = useMarketTab()
  return (
    <Link
      href={`${config.routes.admin}/collections/inventory/${encodeURIComponent(id)}`}
      onClick={() => void chooseMarketTab(id)}
      prefetch={false}
    >
      {children}
    </Link>
  )
}

/** Returns the function that stores Market as the last viewed tab of a car. */
export function useMarketTab(): (id: string) => Promise<void> {
  const { getEntityConfig } = useConfig()
  const { setPreference } = usePreferences()
  return useCallback(
    async (id) => {
      const fields = findMarketTab(getEntityConfig({ collectionSlug: 'inventory' }).fields)
      if (fields) await setPreference(`collection-inventory-${id}`, { fields })
    },
    [getEntityConfig, setPreference],
  )
}

/**
 * The tab key that Payload stores: the index of the tab and the index of the tabs field. Null if
 * there is no such tab.
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
