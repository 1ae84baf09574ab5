import type { Page, Platform } from '../domain/pages.ts'
import { custom } from './custom/index.ts'
import { dealerCenter } from './dealer-center/index.ts'
import { dealerCom } from './dealer-com/index.ts'
import { dealerInspire } from './dealer-inspire/index.ts'
import { dealerOn } from './dealeron/index.ts'
import { dealersync } from './dealersync/index.ts'
import { schemaOrg } from './schema-org/index.ts'

/**
 * Every making of site that is read, in the order in which a page is asked whether it is one: the
 * last two are what is left.
 */
export const PLATFORMS: readonly Platform[] = [
  ...[dealerOn, dealerCom, dealerInspire, dealerCenter, dealersync, schemaOrg, custom].map(
    withErrorBoundary,
  ),
]

/** What people write besides the names themselves. */
const ALIASES: Readonly<Record<string, string>> = {
  ddc: 'dealercom',
  carscommerce: 'dealerinspire',
  jsonld: 'schemaorg',
  schema: 'schemaorg',
}

/**
 * The platform that the column `platform_type` names: DealerOn, Dealer.com (or DDC), DealerInspire
 * (or Cars Commerce), DealerCenter, Dealersync, schema.org (or JSON-LD) or Custom. Capitals, spaces
 * and punctuation make no difference. null for any other word.
 */
export function findPlatform(name: string | null | undefined): Platform | null {
  const normalized = normalizeName(name ?? '')
  const meant = Object.hasOwn(ALIASES, normalized) ? ALIASES[normalized] : normalized
  return PLATFORMS.find((platform) => normalizeName(platform.name) === meant) ?? null
}

/**
 * What made a competitor's first page; null where nothing here reads it without settings of its
 * own.
 */
export function detectPlatform(page: Page): Platform | null {
  return PLATFORMS.find((platform) => platform.recognizes(page)) ?? null
}

/**
 * A page may hold anything, and so may break what reads it: then it is a bad page, and nothing
 * falls with it.
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
    read: (page, config, extraMakes) => {
      try {
        return platform.read(page, config, extraMakes)
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
