import type { ReadContext } from '../../plugins/scraping/domain/pages.ts'
import { createPriceFormat } from '../../plugins/scraping/domain/price-format.ts'

/** The format of prices in dollars. */
export const DOLLARS = createPriceFormat('USD')

/** Reads pages whose prices are in dollars. */
export const IN_DOLLARS: ReadContext = { priceFormat: DOLLARS }
