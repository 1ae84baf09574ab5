import { anyOf } from './pattern-choice.ts'

const BRAND_WORDS = anyOf([
  'salvaged?|rebuilt|rebuildable|reconstructed|branded|title brands?',
  'flood(?:ed)?|water damage|fire damage|hail',
  'junk(?:ed)?|scrap(?:ped)?|dismantled|non-?repairable|total(?:l?ed| loss)',
  'lemon|buy ?-?back|odometer',
])
const BRANDS = new RegExp(String.raw`\b${BRAND_WORDS}\b`, 'i')

/**
 * Whether a description of a title or car mentions a branded title. Without a mention, the title
 * counts as clean.
 */
export function isBrandedTitle(...words: readonly (string | null | undefined)[]): boolean {
  return words.some((word) => BRANDS.test(word ?? ''))
}
