import { anyOf } from '../../../src/domain/pattern-choice.ts'
import type { PriceFormat } from './price-format.ts'

/**
 * The minimum price of a car among several amounts: in cents, and as a share of the highest amount.
 */
const MIN_CENTS = 100_00
const MIN_SHARE = 0.4

/** The number of characters before an amount that may label it. */
const MAX_LABEL_LENGTH = 60

/**
 * An amount in a text: its position, whether it has our sign, and whether it only counts without
 * other amounts.
 */
type Sum = {
  cents: number
  at: number
  hasSign: boolean
  isWeak: boolean
}

/**
 * A number in a text, with or without thousands separators and decimals. Excludes signs and
 * directly following letters, and `25.000`, which may be 25 or 25,000.
 */
export const NUMBER = new RegExp(
  String.raw`(?<![\w.,])(?!\d{1,3}\.\d{3}(?!\d))` +
    String.raw`(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d+)?` +
    String.raw`(?![\w,.]*\d)(?!\s*[km]\b(?!m))`,
  'giu',
)

/** The words before "cash" that make it a rebate: `Customer Cash`, but not `Cash price`. */
const CASH_GIVERS = anyOf([
  'customer|loyalty|conquest|competitive|finance|dealer',
  'bonus|retail|lease|military|college|factory|owner',
])
const CASH = `${CASH_GIVERS} cash`
/** Fees and charges that are added to the price. */
const CHARGED_FOR = anyOf([
  'dealer|doc|document|documentation|processing|service|delivery',
  'destination|freight|filing|title|registration|prep',
])
const FEES = anyOf([
  `${CHARGED_FOR}(?: (?:and|&) [a-z]+)?(?: service| handling)? (?:fees?|charges?)`,
  'destination|freight|title (?:&|and) registration',
])
/** Estimates of a car's value by third parties. */
const WORTH = anyOf([
  String.raw`(?:fair |average |avg\.? )?market (?:value|average)`,
  String.raw`(?:average|avg\.?|fair) market price`,
  String.raw`(?:kelley |black )?(?:blue ?)?book\b[®™]?(?: value| price)?`,
  'kbb(?: value| price)?|nada(?: value)?',
])
/**
 * Deductions with conditions, such as a trade-in, studies or military service, and installed
 * options.
 */
const CONDITIONS = anyOf([
  'trade[- ](?:in )?(?:assistance|allowance|bonus|value)',
  String.raw`college grad\w*|conditional offers?|dealer (?:contribution|adds?)`,
  '(?:dealer )?(?:installed|added) (?:options|accessories)',
])

/** Text after an amount that is not the price: a payment, a part of the price, or savings. */
const AFTER_PAYMENT = anyOf([
  String.raw`(?:\/|per\b|an?\b|each\b|every\b)?\s*(?:mo|mos|mth|mthly|month|wk|week)s?\b`,
  String.raw`\/?\s*(?:(?:bi-?)?weekly|monthly)\b`,
  String.raw`p\.?\/?\s?m\b\.?`,
  String.raw`(?:cash )?(?:down(?: payment)?\b(?! from)|dn\b)|due at (?:signing|delivery)\b`,
])
const AFTER_SAVING = String.raw`off\b(?![- ](?:lease|site|road|white))|(?:below|under)\b`
/** `Savings: $1,000` labels the next amount. */
const AFTER_LABEL = String.raw`(?:in )?savings?\b|discount|rebate|msrp|(?:${FEES}|fee)\b|deposit`
const after = (labels: string) =>
  new RegExp(String.raw`^[*†\s(]*(?:${AFTER_PAYMENT}|${AFTER_SAVING}|(?:${labels}))`, 'i')
const AFTER_OTHER = after(String.raw`(?:${AFTER_LABEL})(?![^\d]{0,12}\d)`)
/** The same pattern for texts whose labels follow their amounts: `$21,000 MSRP $18,995 Sale`. */
const AFTER_OTHER_OR_NEXT = after(AFTER_LABEL)
const ENDS_LABELLED = /^[*†\s(]*(?:sale|now|our|internet|final|selling|special|price)\b/i
/** The text before an amount that is a part of the price: `includes $1,000 rebate`. */
const BEFORE_PART =
  /(?:\bincl(?:\.|udes|uding)?|\bafter|\bwith|\bw\/|\bexcl(?:\.|uding)?|\bplus|\+)[^\p{L}\d]*$/iu
const PARTS = anyOf([
  String.raw`rebates?|discounts?|trade|down|doc\w*|fees?`,
  'cash|savings|incentives?|title|tax',
])
const AFTER_PART = new RegExp(String.raw`^\s*(?:in )?(?:[a-z]+ )?${PARTS}\b`, 'i')
/** Labels before an amount that is not the price. */
const OTHER_SUMS = anyOf([
  // former prices and prices elsewhere
  String.raw`was|were|before|m\.?s\.?r\.?p\.?|t?s\.?r\.?p|sticker(?: price)?`,
  String.raw`(?:manufacturer(?:['’]?s)? )?suggested(?: retail)?(?: price)?`,
  '(?:dealer )?invoice(?: price)?',
  String.raw`(?:orig(?:inal|inally)?|old|prev(?:ious|iously)?|former(?:ly)?|prior)\.?(?: price)?`,
  '(?:reduced|marked down|dropped|down) from',
  String.raw`comp(?:are|ared)?\.?(?: value)?(?: (?:at|to))?`,
  `${WORTH}|${CASH}|${FEES}|${CONDITIONS}`,
  // deductions
  'saved?|saves|(?:your )?savings?|discounts?|rebates?|incentives?|bonus|cash ?back',
  'reduced by|price (?:drop|cut)|drop(?:ped)? by',
  // payments
  'payments?|pmt|monthly|per month|down(?: payment)?|due at signing|deposit',
  'trade[- ]in|(?:lease|finance)d?',
])
const BEFORE_OTHER = new RegExp(
  String.raw`(?:\b${OTHER_SUMS}(?: (?:of|for|from|as low as|only|up to|is))?)[^\p{L}\p{N}!?]*$`,
  'iu',
)
/** A discount or fee that the price already includes or excludes. */
const INCLUDED = anyOf([
  String.raw`(?:after|with|without|plus|incl(?:udes|uding|\.)?) (?:all )?(?:\w+ (?:& |and )?)?` +
    '(?:discounts?|savings|rebates?|incentives?|fees?|charges?|destination|freight)',
  String.raw`before (?:\w+ (?:& |and ))?(?:tax\w*|fees?)`,
  String.raw`no (?:\w+ )?fees?`,
])
const AFTER_ALL = new RegExp(String.raw`\b${INCLUDED}[^\p{L}\p{N}]*$`, 'iu')
/** Labels before an amount that is the price only if there is no other. */
const BEFORE_WEAK =
  /\b(?:list|retail|regular|reg\.?|market|(?:price )?reduced)(?: price| value)?[^\p{L}\p{N}!?]*$/iu
const AFTER_WEAK = /^[*†\s(]*price (?:drop|cut|reduction)\b/i

/** Words in labels and classes of other amounts, in any position. */
const OTHER_LABELS = anyOf([
  // former prices and prices elsewhere
  String.raw`t?srp|msrp|strike\w*|struck|slash(?:ed)?|cross(?:ed)? ?out|crossed|line ?through`,
  String.raw`was|old|orig(?:inal)?|prev(?:ious)?|former|prior|before(?! (?:tax|fee))\w*`,
  'compare[ds]?|suggested|sticker|invoice',
  'kbb|nada|blue ?book|black book|(?:below|under) market',
  '(?:old|was|orig(?:inal)?|prev(?:ious)?|former|before|msrp|strike|compare)price',
  // deductions
  String.raw`you ?save|savings?|saved?|rebates?|incentives?|discounts?(?!\s*price)|bonus`,
  `cash ?back|off(?! (?:white|canvas|site|road|screen))|${CASH}|${CONDITIONS}|trade`,
  // payments and additional charges
  '(?:monthly|est|down) ?payments?|payments?|monthly|per (?:month|week)|lease|deposit',
  `(?:${FEES}|fees?)|ends|expires`,
])
const OTHER_LABEL = new RegExp(String.raw`\b${OTHER_LABELS}\b|\bm\.s\.r\.p`, 'i')

/**
 * Whether a label or class (`oldPrice`, `Dealer Discount`, `MSRP`) marks an amount other than the
 * sale price.
 */
export function isOtherSum(label: string): boolean {
  const normalized = label.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[-_]+/g, ' ')
  return OTHER_LABEL.test(normalized) && !AFTER_ALL.test(normalized)
}

/**
 * Finds the distinct amounts in a text, in cents, that are not marked as something other than the
 * sale price (`was $8,990`, `MSRP`, `save $1,000`, `$299/mo`, `$2,000 down`). List and retail
 * prices only count without other amounts, and amounts without our sign only if none has it.
 * Callers must refuse negative amounts and other currencies.
 */
export function findPriceSums(text: string, format: PriceFormat): number[] {
  return chooseSums(readSums(text, format))
}

/** The text around a price: `MSRP` before it, `/mo` after it. */
type Surroundings = { before: string; after: string }

/**
 * Whether the text around a price marks all amounts in it as something other than the sale price.
 */
export function isOtherByContext(
  text: string,
  { before, after }: Surroundings,
  format: PriceFormat,
): boolean {
  const own = chooseSums(readSums(text, format))
  const from = before.length + 1
  const inContext = readSums(`${before} ${text} ${after}`, format).filter(
    ({ at }) => at >= from && at < from + text.length,
  )
  return own.length > 0 && inContext.length === 0
}

function readSums(text: string, format: PriceFormat): Sum[] {
  const sums: Sum[] = []
  const found = [...text.matchAll(NUMBER)]
  const [first, last] = [found[0], found.at(-1)]
  const labelsFollow =
    first !== undefined &&
    last !== undefined &&
    !/\p{L}/u.test(text.slice(0, first.index)) &&
    ENDS_LABELLED.test(text.slice(last.index + last[0].length))
  let from = 0
  for (const { index, ...match } of found) {
    const [written = '', whole = '', decimals = ''] = [match[0], match[1], match[2]]
    const [before, end] = [text.slice(from, index), index + written.length]
    const rest = text.slice(end, end + 60)
    const after = (labelsFollow ? AFTER_OTHER_OR_NEXT : AFTER_OTHER).exec(rest)?.[0]
    from = end + (after?.length ?? 0)
    const label = before.slice(-MAX_LABEL_LENGTH).replace(format.labelEnd, '')
    const isPart = BEFORE_PART.test(label) && AFTER_PART.test(rest)
    if (isPart) from = end + (AFTER_PART.exec(rest)?.[0].length ?? 0)
    if (isPart || after !== undefined || (BEFORE_OTHER.test(label) && !AFTER_ALL.test(label)))
      continue
    const hasSign = format.signBefore.test(before) || format.signAfter.test(rest)
    const isWeak = BEFORE_WEAK.test(label) || AFTER_WEAK.test(rest)
    sums.push({ cents: toCents(whole, decimals), at: index, hasSign, isWeak })
  }
  return sums
}

/**
 * Selects the amounts that count, without duplicates: those with our sign if any have it, and those
 * without a weak label if there are any.
 */
function chooseSums(sums: readonly Sum[]): number[] {
  const signed = sums.some(({ hasSign }) => hasSign) ? sums.filter(({ hasSign }) => hasSign) : sums
  const strong = signed.some(({ isWeak }) => !isWeak)
    ? signed.filter(({ isWeak }) => !isWeak)
    : signed
  return [...new Set(strong.map(({ cents }) => cents))]
}

/**
 * Returns the sale price among several unlabeled prices: the lowest plausible one, because the
 * others are former prices. An amount below 100 or below 40% of the highest is a fee or a payment.
 */
export function findLowestPlausible(cents: readonly number[]): number | null {
  if (cents.length <= 1) return cents[0] ?? null
  const min = Math.max(MIN_CENTS, Math.max(...cents) * MIN_SHARE)
  const plausible = cents.filter((one) => one >= min)
  return plausible.length === 0 ? null : Math.min(...plausible)
}

/**
 * Converts without floating-point arithmetic: 12345.5 is 1234550 cents. More than two decimals are
 * floating-point noise and are rounded.
 */
function toCents(whole: string, decimals: string): number {
  const digits = `${decimals.slice(1, 4)}000`
  return Number(whole.replaceAll(',', '') + digits.slice(0, 2)) + (Number(digits[2]) >= 5 ? 1 : 0)
}
