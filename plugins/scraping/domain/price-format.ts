import { getCurrencyMarks, listForeignMarks } from '../../../src/domain/money.ts'

/** Patterns of prices in our currency, and of prices in others. */
export type PriceFormat = {
  /** Our currency as a separate value, such as `priceCurrency` in JSON-LD, or no value. */
  currency: RegExp
  /** A price in another currency. */
  foreign: RegExp
  /**
   * A negative amount, also in accounting notation (`($1,000)`), or an amount with a space in it,
   * which may be two amounts.
   */
  notOneSum: RegExp
  /** Our sign at the end of the text before an amount. */
  signBefore: RegExp
  /** Our currency at the start of the text after an amount; `$` only stands before amounts. */
  signAfter: RegExp
  /** Our sign, if any, at the end of a label before an amount. */
  labelEnd: RegExp
  /** The first amount of a text, and everything after it. */
  sumAndRest: RegExp
}

/**
 * Builds the patterns of prices in a currency. Currencies that share the sign `$` are told apart by
 * the letters before it; `$` alone is ours if we use it.
 */
export function createPriceFormat(currency: string): PriceFormat {
  const ours = getCurrencyMarks(currency)
  const others = listForeignMarks(currency)
  const sign = escapePattern(ours.sign)
  const letters = ours.letters === undefined ? '' : `(?:${ours.letters})?`
  const otherSigns = others
    .map((other) => other.sign)
    .filter((other) => other !== ours.sign && !/[a-z]/i.test(other))
  const foreign = [
    `[${[...new Set(otherSigns)].join('')}]`,
    String.raw`\b(?:${joinParts(others.map(({ codes }) => codes))})\b`,
    String.raw`\b(?:${joinParts(others.map((other) => other.letters))})\$`,
  ]
  const words = joinParts([ours.codes, ours.words ?? ours.name])
  const names = joinParts([ours.codes, `${letters}${sign}`, ours.name])
  return {
    currency: new RegExp(`^(?:${names})?$`, 'i'),
    foreign: new RegExp(foreign.join('|'), 'i'),
    notOneSum: new RegExp(
      String.raw`[-−]\s*(?:${sign})?\s*\d` +
        String.raw`|^\s*(?:${sign})?\s*\(\s*(?:${sign})?\s*[\d,.]+\s*\)\s*$` +
        String.raw`|${sign}\s*\d{1,3}\s\d{3}(?![\d,])`,
    ),
    signBefore: new RegExp(String.raw`${sign}\s*$`),
    signAfter: new RegExp(
      String.raw`^\s*(?:(?:${words})\b${letters === '' ? String.raw`|${sign}(?!\s*\d)` : ''})`,
      'i',
    ),
    labelEnd: new RegExp(String.raw`${letters}(?:${sign})?\s*$`, 'i'),
    sumAndRest: new RegExp(String.raw`(?:\s|${sign})*\d.*$`, 's'),
  }
}

const escapePattern = (text: string): string =>
  text.replaceAll(/[$.*+?^{}()|[\]\\]/g, String.raw`\$&`)

const joinParts = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join('|')
