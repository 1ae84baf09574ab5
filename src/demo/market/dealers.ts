import { CARD_SETTINGS, type ListPage, renderCardPage, renderLinkedDataPage } from './pages.ts'
import type { DealerName } from './stock.ts'

/** A demo dealer: its row under Competitors without the address, and how its pages look. */
export type DemoDealer = {
  name: DealerName
  row: {
    name: string
    platformType: string
    scraperConfig?: Record<string, unknown>
    city: string
    state: string
    latitude: number
    longitude: number
  }
  render: (page: ListPage) => string
}

/** The two demo competitors. They do not exist; the cities do. */
export const demoDealers: readonly DemoDealer[] = [
  {
    name: 'lakeside',
    row: {
      name: 'Lakeside Auto Group (demo)',
      platformType: 'schema.org',
      city: 'Springfield',
      state: 'IL',
      latitude: 39.7817,
      longitude: -89.6501,
    },
    render: (page) => renderLinkedDataPage('Used cars at Lakeside Auto Group', page),
  },
  {
    name: 'prairie',
    row: {
      name: 'Prairie Motors (demo)',
      platformType: 'Custom',
      scraperConfig: CARD_SETTINGS,
      city: 'Decatur',
      state: 'IL',
      latitude: 39.8403,
      longitude: -88.9548,
    },
    render: (page) => renderCardPage('Used cars at Prairie Motors', page),
  },
]

/** What the row of a demo competitor says about itself. */
export const DEMO_NOTE =
  'Demo data. This dealership does not exist: at the first start, the scraper read its generated ' +
  'pages as if a month had passed. The pages are no longer served, so this competitor is not ' +
  'active. To remove it with the demo cars, run: npm run demo:reset'
