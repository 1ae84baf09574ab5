import type { Page, Platform } from '../domain/pages.ts'
import { custom } from './custom/index.ts'
import { dealerCenter } from './dealer-center/index.ts'
import { dealerCom } from './dealer-com/index.ts'
import { dealerInspire } from './dealer-inspire/index.ts'
import { dealerOn } from './dealeron/index.ts'
import { dealersync } from './dealersync/index.ts'
import { schemaOrg } from './schema-org/index.ts'

/**
 * All platforms, in the order in which they are checked against a page. The last two are fallbacks.
 */
export const PLATFORMS: readonly Platform[] = [
  ...[dealerOn, dealerCom, dealerInspire, dealerCenter, dealersync, schemaOrg, custom].map(
    withErrorBoundary,
  ),
]

/** Other names of the platforms. */
const ALIASES: Readonly<Record<string, string>> = {
  ddc: 'dealercom',
  carscommerce: 'dealerinspire',
  jsonld: 'schemaorg',
  schema: 'schemaorg',
}

/**
 * Finds the platform by the value of the column `platform_type`: DealerOn, Dealer.com (or DDC),
 * DealerInspire (or Cars Commerce), DealerCenter, Dealersync, schema.org (or JSON-LD) or Custom.
 * Ignores case, spaces and punctuation. Returns null for other values.
 */
export function findPlatform(name: string | null | undefined): Platform | null {
  const normalized = normalizeName(name ?? '')
  const meant = Object.hasOwn(ALIASES, normalized) ? ALIASES[normalized] : normalized
  return PLATFORMS.find((platform) => normalizeName(platform.name) === meant) ?? null
}

/**
 * Detects the platform of a competitor's first page; returns null if no platform can read it
 * without platform settings.
 */
export function detectPlatform(page: Page): Platform | null {
  return PLATFORMS.find((platform) => platform.recognizes(page)) ?? null
}

/**
 * Converts errors of a platform: a page may contain anything, so an error while reading it only
 * means that the page is bad.
 */
function withErrorBoundary(platform: Platform): Platform {
  return {
    ...platform,
    recognizes: (page) => {
      try {
        return platform.recognizes(page)
      } catch {
        return false
      }
    },
    read: (page, config, context) => {
      try {
        return platform.read(page, config, context)
      } catch (error) {
        const why = error instanceof Error ? error.message.slice(0, 200) : 'unknown error'
        return {
          problem: `The ${platform.name} parser failed on the page (${why}): ${page.url}`,
        }
      }
    },
  }
}

function normalizeName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}
