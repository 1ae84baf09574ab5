import type { CollectionConfig, Endpoint, UIField, UnnamedTab } from 'payload'
import { permissions } from '../../src/access/permissions.ts'
import { withCollectionEndpoints } from '../../src/api/with-endpoints.ts'
import { instant } from '../../src/fields/instant.ts'
import { joinField, tab } from '../../src/fields/layout.ts'
import { removeOutdatedAnalysis } from './tasks/remove-outdated-analysis.ts'

/**
 * Adds the market to the cars on the lot: the Market tab, the endpoints of one car, and the hooks
 * that keep prices and analyses in step with the car.
 */
export function extendInventory(
  inventory: CollectionConfig,
  endpoints: readonly Endpoint[],
  hasSource: boolean,
): CollectionConfig {
  const fields = inventory.fields.map((field) =>
    field.type === 'tabs' ? { ...field, tabs: [...field.tabs, buildMarketTab(hasSource)] } : field,
  )
  const hooks = {
    ...inventory.hooks,
    afterChange: [...(inventory.hooks?.afterChange ?? []), removeOutdatedAnalysis],
  }
  return withCollectionEndpoints({ ...inventory, fields, hooks }, endpoints)
}

/**
 * Builds the Market tab. The price history is available through the API; the screen shows it as a
 * chart.
 */
function buildMarketTab(hasSource: boolean): UnnamedTab {
  const prices = joinField('priceHistory', 'market-price-history', 'inventory', [])
  const mutedUntil = instant('alertsMutedUntilAt', {
    label: 'Alerts muted until',
    description: 'The car raises no market alerts, and the daily digest leaves it out, until then.',
    access: { read: permissions.isStaff },
  })
  const Field = {
    path: '/plugins/market/admin/car-market.tsx#CarMarket',
    clientProps: { hasSource },
  }
  const marketField: UIField = {
    type: 'ui',
    name: 'market',
    admin: { disableListColumn: true, components: { Field } },
  }
  return tab('Market', marketField, mutedUntil, {
    ...prices,
    admin: { ...prices.admin, hidden: true },
    access: { read: permissions.isStaff },
  })
}
