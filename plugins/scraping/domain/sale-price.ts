/** The least that a car costs, in cents, where several sums stand beside each other, and the least part of the highest one. */
const LEAST_CENTS = 100_00
const LEAST_PART = 0.4

/** A sum in a text: whether `$` stands with it, and whether it counts only if there is no other sum. */
type Sum = { cents: number; hasSign: boolean; isWeak: boolean }

/**
 * A number as it stands in a text: with or without thousands commas, with or without decimals. No sign, no letters after it, and not
 * `25.000`: that is as much twenty-five as twenty-five thousand.
 */
export const NUMBER = /(?<![\w.,])(?!\d{1,3}\.\d{3}(?!\d))(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d+)?(?![\w,.]*\d)(?!\s*[km]\b(?!m))/giu

/** Words after a sum that is not the price: a payment, a part of it, a saving. `Savings: $1,000` belongs to the next sum. */
const AFTER_OTHER =
  /^[*†\s]*(?:(?:\/|per\b|a\b|each\b)?\s*(?:mo|mos|mth|month|wk|week)s?\b|(?:bi-?)?weekly|monthly|down(?: payment)?\b(?! from)|off\b(?![- ]lease)|(?:(?:in )?savings?\b|discount|rebate|msrp|(?:doc )?fee|deposit)(?![^\d]{0,12}\d))/i
/** Words before such a sum. */
const BEFORE_OTHER = new RegExp(
  String.raw`(?:\b(?:was|were|m\.?s\.?r\.?p\.?|s\.?r\.?p|sticker(?: price)?|(?:original|old|previous|former|prior)(?:ly)?(?: price)?|` +
    String.raw`(?:reduced|marked down|dropped|down) from|market (?:value|average)|kbb(?: value| price)?|book value|nada(?: value)?|compared? (?:at|to)|` +
    String.raw`saved?|saves|(?:your )?savings?|discounts?|rebates?|incentives?|bonus(?: cash)?|cash ?back|reduced by|price (?:drop|cut)|drop(?:ped)? by|` +
    String.raw`payments?|pmt|monthly|per month|down(?: payment)?|deposit|(?:doc|documentation|processing) fees?)` +
    String.raw`(?: (?:of|from|as low as|only|up to|is))?)[^\p{L}\p{N}!?]*$`,
  'iu',
)
/** A discount that is already in the price. */
const AFTER_ALL =
  /\b(?:after|with|incl(?:udes|uding|\.)?) (?:all )?(?:\w+ )?(?:discounts?|savings|rebates?|incentives?)[^\p{L}\p{N}]*$/iu
/** Words before a sum that is the price only if there is no other. */
const BEFORE_WEAK = /\b(?:list|retail|regular|reg\.?)(?: price| value)?[^\p{L}\p{N}]*$/iu

/** Labels and classes of other sums, wherever the word stands. */
const OTHER_LABEL =
  /\b(?:msrp|srp|strike\w*|struck|was|old|original|previous|former|prior|savings?|saved?|rebates?|incentives?|bonus|cash ?back|off|payments?|monthly|lease|deposit|invoice|kbb|nada|discounts?(?!\s*price))\b|\bdown ?payment\b|\b(?:doc|documentation|processing) fees?\b|\bm\.s\.r\.p/i

/** Whether a label or a class (`oldPrice`, `Dealer Discount`, `MSRP`) names another sum than the sale price. */
export function isOtherSum(label: string): boolean {
  const words = label.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[-_]+/g, ' ')
  return OTHER_LABEL.test(words) && !AFTER_ALL.test(words)
}

/**
 * The sums in a text that no word marks as something else than the sale price (`was $8,990`, `MSRP`, `save $1,000`, `$299/mo`, `$2,000
 * down`), in cents, each once. A list or retail price counts where nothing else is there, and sums without `$` where none has it. What is
 * below zero and what is not in US dollars is for the caller to refuse.
 */
export function findPriceSums(text: string): number[] {
  const sums: Sum[] = []
  let from = 0
  for (const found of text.matchAll(NUMBER)) {
    const [written, whole = '', decimals = ''] = found
    const [before, end] = [text.slice(from, found.index), found.index + written.length]
    const after = AFTER_OTHER.exec(text.slice(end, end + 40))?.[0]
    from = end + (after?.length ?? 0)
    const label = before.replace(/(?:US)?\$?\s*$/i, '')
    if (after !== undefined || (BEFORE_OTHER.test(label.slice(-60)) && !AFTER_ALL.test(label))) continue
    const hasSign = /\$\s*$/.test(before) || /^\s*(?:USD|dollars)\b/i.test(text.slice(end, end + 10))
    sums.push({ cents: centsIn(whole, decimals), hasSign, isWeak: BEFORE_WEAK.test(label.slice(-60)) })
  }
  const signed = sums.some(({ hasSign }) => hasSign) ? sums.filter(({ hasSign }) => hasSign) : sums
  const strong = signed.some(({ isWeak }) => !isWeak) ? signed.filter(({ isWeak }) => !isWeak) : signed
  return [...new Set(strong.map(({ cents }) => cents))]
}

/**
 * Which of several prices side by side without a sign is the sale price: the lowest that may be the price of the car, as the others
 * are what it cost before. What is less than $100 or than 40 % of the highest is a fee or a payment.
 */
export function lowestPlausible(cents: readonly number[]): number | null {
  if (cents.length <= 1) return cents[0] ?? null
  const least = Math.max(LEAST_CENTS, Math.max(...cents) * LEAST_PART)
  const plausible = cents.filter((one) => one >= least)
  return plausible.length === 0 ? null : Math.min(...plausible)
}

/** Without floats: 12345.5 is 1234550 cents. More than two decimals are a float's dirt, and rounded. */
function centsIn(whole: string, decimals: string): number {
  const digits = `${decimals.slice(1, 4)}000`
  return Number(whole.replaceAll(',', '') + digits.slice(0, 2)) + (Number(digits[2]) >= 5 ? 1 : 0)
}
