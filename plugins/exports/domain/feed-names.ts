/** The feeds: what stores and addresses call them, and what people read. */
export const FEEDS = {
  autotrader: 'AutoTrader',
  cargurus: 'CarGurus',
  facebook: 'Facebook Marketplace',
  carsforsale: 'CarsForSale.com',
  'dealer-center': 'DealerCenter',
  jekyll: 'Jekyll site',
  google: 'Google vehicle listings',
} as const

export type FeedName = keyof typeof FEEDS

export const FEED_NAMES = Object.keys(FEEDS) as FeedName[]
