import type { Feed } from '../domain/feed.ts'
import type { FeedName } from '../domain/feed-names.ts'
import { autotrader } from './autotrader/index.ts'
import { cargurus } from './cargurus/index.ts'
import { carsforsale } from './carsforsale/index.ts'
import { dealerCenter } from './dealer-center/index.ts'
import { facebook } from './facebook/index.ts'
import { google } from './google/index.ts'
import { jekyll } from './jekyll/index.ts'

/** Every feed by its name. */
export const feeds: Readonly<Record<FeedName, Feed>> = {
  autotrader,
  cargurus,
  facebook,
  carsforsale,
  'dealer-center': dealerCenter,
  jekyll,
  google,
}
