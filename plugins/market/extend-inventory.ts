import type { CollectionConfig, Endpoint, NumberField, UIField, UnnamedTab } from 'payload'
import { permissions } from '../../src/access/permissions.ts'
import { withCollectionEndpoints } from '../../src/api/with-endpoints.ts'
import { computed } from '../../src/fields/computed.ts'
import { instant } from '../../src/fields/instant.ts'
import { addToTab, joinField, tab, third } from '../../src/fields/layout.ts'
import { money } from '../../src/fields/money.ts'
import { decimal } from '../../src/fields/numbers.ts'
import { buildMarketPriceSql } from './store/market-price.ts'
import { removeOutdatedAnalysis } from './tasks/remove-outdated-analysis.ts'

/**
 * The market price of a car by its newest analysis: that of a comparable car at its mileage, in the
 * currency of the lot. Null if it was never analyzed.
 */
const marketPrice: NumberField = computed(
  money('marketPrice', {
    ...third,
    description: 'What comparable cars cost, by the last analysis.',
  }),
  { sql: buildMarketPriceSql, read: permissions.isStaff },
)

/** The price in percent of the market price, with one decimal place: 100 is at the market. */
const priceToMarket: NumberField = computed(
  decimal('priceToMarket', {
    ...third,
    scale: 1,
    label: 'Price to market (%)',
    description: 'The price in percent of the market price.',
  }),
  {
    sql: (car) => `round(${car}.price * 100 / nullif(${buildMarketPriceSql(car)}, 0), 1)`,
    read: permissions.isStaff,
  },
)

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
  const extended = addToTab({ ...inventory, fields, hooks }, 'Price', marketPrice, priceToMarket)
  return withCollectionEndpoints(extended, endpoints)
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
