import { describe, expect, it } from '@jest/globals'
import {
  findPriceSums,
  isOtherSum,
  findLowestPlausible,
} from '../../plugins/scraping/domain/sale-price.ts'
import { parsePriceCents } from '../../plugins/scraping/domain/listing-values.ts'
import { DOLLARS } from '../support/in-dollars.ts'

describe('the sums that may be the price', () => {
  it.each<[string, number[]]>([
    ['$7,990', [7_990]],
    ['Was $8,990 Now $7,990', [7_990]],
    ['MSRP: $31,500 Sale price: $28,900', [28_900]],
    ['M.S.R.P. $31,500 · Our price $28,900', [28_900]],
    ['$18,995 Save $1,000', [18_995]],
    ['$18,995 Savings: $1,000', [18_995]],
    ['You save $1,000! $18,995', [18_995]],
    ['$1,000 off $18,995', [18_995]],
    ['$18,995 or $299/mo with $2,000 down', [18_995]],
    ['$18,995 · $2,000 Down Payment', [18_995]],
    ['Down payment: $2,000. Price: $18,995', [18_995]],
    ['$18,995 est. payment $299', [18_995]],
    ['$299 / month', []],
    ['$299 per mo', []],
    ['$75 weekly', []],
    ['Price after discounts: $18,995', [18_995]],
    ['Retail $20,000 Internet price $18,995', [18_995]],
    ['Retail price: $18,995', [18_995]],
    ['List Price $20,995 Discount $2,000', [20_995]],
    ['Marked down to $12,345', [12_345]],
    ['Marked down from $14,000 to $12,345', [12_345]],
    ['$25,998 est. 36 months', [25_998]],
    ['Originally $9,000', []],
    ['$20,000 $18,000', [20_000, 18_000]],
    ['$0 down $18,995', [18_995]],
    ['$18,995 down from $20,990', [18_995]],
    ['$18,995 Off-Lease', [18_995]],
    ['Great Savings! $18,995', [18_995]],
    ['Price Drop! $18,995', [18_995]],
    ['$18,995 Price Drop', [18_995]],
    ['$21,000 MSRP $18,995 Sale', [18_995]],
    ['Orig. $21,000 Prev. Price $20,000 Now $18,995', [18_995]],
    ['Before $21,000 After $18,995', [18_995]],
    ['Compare at $21,000 Our Price $18,995', [18_995]],
    ['Kelley Blue Book® Value: $21,000 Price: $18,995', [18_995]],
    ['Average market price $21,000', []],
    ['Market Price $21,000 Our Price $18,995', [18_995]],
    ["Manufacturer's Suggested Retail Price: $31,000", []],
    ['$31,000 (MSRP)', []],
    ['Invoice Price $29,000 Sale $28,500', [28_500]],
    ['$18,995 ($2,005 below market)', [18_995]],
    ['$2,005 below KBB', []],
    ['$18,995 Reduced $1,000', [18_995]],
    ['Reduced $18,995', [18_995]],
    ['Lease from $299 Buy for $31,500', [31_500]],
    ['Finance for $299', []],
    ['$150/bi-weekly', []],
    ['$299 p.m.', []],
    ['$2,999 due at signing', []],
    ['$2,000 cash down', []],
    ['Price $18,995 Dealer Fee $499', [18_995]],
    ['MSRP $30,000 Destination $1,395 Sale $28,000', [28_000]],
    ['Customer Cash $1,500', []],
    ['Cash Price $18,995', [18_995]],
    ['Trade Assistance $1,000', []],
    ['$18,995 after $1,000 trade-in', [18_995]],
    ['Price includes $1,000 rebate $18,995', [18_995]],
    ['Price before taxes and fees: $18,995', [18_995]],
  ])('of %j are %j', (text, dollars) => {
    expect(findPriceSums(text, DOLLARS).map((cents) => cents / 100)).toEqual(dollars)
  })

  it('are none to choose from in one text, whatever is lower', () => {
    expect(parsePriceCents('$20,000 $18,000', DOLLARS)).toBeNull()
    expect(parsePriceCents('Was $20,000, now $18,000', DOLLARS)).toBe(1_800_000)
  })
})

describe('prices beside each other without a sign', () => {
  it.each<[number[], number | null]>([
    [[8_990, 7_990], 7_990],
    [[7_990, 8_990, 9_990], 7_990],
    [[20_000, 1_000], 20_000],
    [[20_000, 299, 18_500], 18_500],
    [[50, 60], null],
    [[12], 12],
    [[], null],
  ])('of %j give %j', (dollars, expected) => {
    expect(findLowestPlausible(dollars.map((one) => one * 100))).toBe(
      expected === null ? null : expected * 100,
    )
  })
})

describe('a label or a class', () => {
  it('names another sum, or does not', () => {
    const others =
      'MSRP|msrpPrice|strikethrough|price-strike|oldPrice|Dealer Discount|Your ' +
      'Savings|price--was|Est. Payment|Down Payment|Doc Fee'
    const more =
      'oldprice|wasPrice|prev-price|compare-at-price|slashed|linethrough|monthlyPayment|per-month|Kelley ' +
      'Blue Book|Customer Cash|' +
      'Suggested Retail Price|Sticker Price|Below Market|Trade Assistance|Dealer ' +
      'Fee|Destination|Dealer Installed Options|Sale Ends'
    expect(more.split('|').filter((label) => !isOtherSum(label))).toEqual([])
    expect(others.split('|').filter((label) => !isOtherSum(label))).toEqual([])
    const labels =
      'askingPrice|Internet Price|Our Price|Final Price|Discount ' +
      'Price|discounted-price|gold-price|retailPrice|Price after discounts|Cash Price'
    expect(labels.split('|').filter(isOtherSum)).toEqual([])
  })
})
