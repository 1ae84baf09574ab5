import { z } from 'zod'
import {
  absoluteFolder,
  choice,
  decimalNumber,
  flag,
  headerText,
  origins,
  serverAddresses,
  serviceAddress,
  sourceAddress,
  text,
  token,
  scannerAddress,
  wholeNumber,
} from './setting-types.ts'

/**
 * The settings for scraping, market research, the garage, feeds, submissions, VINs and stations;
 * a part of the settings in src/env.ts.
 */
export const roomSettings = {
  SCRAPING_CONTACT: headerText(200, 'https://cars.example.com/robots').optional(),
  SCRAPING_SOLD_AFTER_DAYS: wholeNumber(0, 30, 0),
  SCRAPING_ALLOWED_ORIGINS: origins('http://127.0.0.1:4101').default([]),
  SCRAPING_ALLOWED_GAP_MS: wholeNumber(0, 60_000, 1000),
  CHROMIUM_PATH: text('/usr/bin/chromium').optional(),
  AUTODEV_URL: sourceAddress.default('https://api.auto.dev'),
  AUTODEV_API_KEY: token('sk_live_1234').optional(),
  AUTODEV_GAP_MS: wholeNumber(0, 20_000, 200),
  PLACES_URL: sourceAddress.default('https://places.googleapis.com'),
  PLACES_API_KEY: token('AIzaSyExample').optional(),
  MARKET_ZIP: z
    .string()
    .trim()
    .regex(/^\d{5}$/, 'must be a five-digit ZIP code, such as 90210')
    .optional(),
  MARKET_RADIUS_MILES: wholeNumber(1, 5_000, 150),
  MARKET_RECENCY_DAYS: wholeNumber(1, 3_650, 90),
  MARKET_SWEEP_CARS: wholeNumber(1, 10_000, 500),
  MARKET_LATITUDE: decimalNumber(-90, 90, 6, '34.0522').optional(),
  MARKET_LONGITUDE: decimalNumber(-180, 180, 6, '-118.2437').optional(),
  MARKET_GOAL: choice(['fast', 'market', 'margin']).default('market'),
  MARKET_IN_LINE_PERCENT: decimalNumber(0, 50, 1, '3').default(3),
  MARKET_FAR_PERCENT: decimalNumber(0, 90, 1, '7').default(7),
  MARKET_DIGEST_HOUR: wholeNumber(0, 23, 7),
  DUE_SOON_DAYS: wholeNumber(0, 3_650, 30),
  DUE_SOON_MILES: wholeNumber(0, 100_000, 500),
  VIN_OFFLINE: flag.default(true),
  FEED_ALLOWED_SERVERS: serverAddresses('10.0.0.7:22').default([]),
  JEKYLL_FOLDER: absoluteFolder('/srv/site').optional(),
  CAPTCHA_PROVIDER: choice(['turnstile', 'recaptcha']).optional(),
  CAPTCHA_SECRET: token('0x4AAAAAAAExample').optional(),
  CAPTCHA_URL: sourceAddress.optional(),
  CLAMAV_URL: scannerAddress.optional(),
  VPIC_URL: serviceAddress('https://vpic.nhtsa.dot.gov/api/vehicles').optional(),
  NHTSA_RECALLS_URL: serviceAddress('https://api.nhtsa.gov').optional(),
  FUEL_ECONOMY_URL: serviceAddress('https://www.fueleconomy.gov/ws/rest').optional(),
}
