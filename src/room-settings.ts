import { z } from 'zod'
import { ORIGIN, origins, sourceAddress, text, whole } from './setting-kinds.ts'

/** What the rooms of scraping and of market research may be told; a part of the settings that src/env.ts reads. */
export const roomSettings = {
  SCRAPING_CONTACT: text.max(200, 'must have 200 characters at most').optional(),
  SCRAPING_SOLD_AFTER_DAYS: whole(0, 30).default(0),
  SCRAPING_ALLOWED_ORIGINS: origins
    .pipe(z.array(z.string().regex(ORIGIN, 'must be origins such as http://127.0.0.1:4101, separated by commas')))
    .default([]),
  SCRAPING_ALLOWED_GAP_MS: whole(0, 60_000).default(1000),
  CHROMIUM_PATH: text.optional(),
  AUTODEV_URL: sourceAddress.default('https://api.auto.dev'),
  AUTODEV_API_KEY: text.regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces').optional(),
  AUTODEV_GAP_MS: whole(0, 20_000).default(200),
  MARKET_ZIP: text.regex(/^\d{5}$/, 'must be a ZIP code of five digits').optional(),
  MARKET_RADIUS_MILES: whole(1, 5_000).default(150),
  MARKET_RECENCY_DAYS: whole(1, 3_650).default(90),
  MARKET_SWEEP_CARS: whole(1, 10_000).default(500),
}
