import type { UIField, UnnamedTab } from 'payload'
import { permissions } from '../../src/access/permissions.ts'
import { instant } from '../../src/fields/instant.ts'
import { joinField, tab } from '../../src/fields/layout.ts'

/**
 * Builds the Market tab of a car. The price history is available through the API; the screen shows
 * it as a chart.
 */
export function buildMarketTab(hasSource: boolean): UnnamedTab {
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
