import { describe, expect, it } from '@jest/globals'
import type { Page, PageRequest, Platform } from '../../plugins/scraping/domain/pages.ts'
import { dealerCom } from '../../plugins/scraping/platforms/dealer-com/index.ts'
import { dealerInspire } from '../../plugins/scraping/platforms/dealer-inspire/index.ts'
import { dealerOn } from '../../plugins/scraping/platforms/dealeron/index.ts'
import { schemaOrg } from '../../plugins/scraping/platforms/schema-org/index.ts'
import { expectFound, buildPage, expectProblem, readSavedPage } from '../support/saved-page.ts'
import { IN_DOLLARS } from '../support/in-dollars.ts'

/**
 * The page that a platform's saved first page leads to, with a saved answer in which `said` is
 * written as `unsaid`.
 */
function answerOf(
  platform: Platform,
  [first, answer]: readonly [string, string],
  result: RegExp,
  unsaid: string,
): Page {
  const request = expectFound(platform.read(readSavedPage(first), {}, IN_DOLLARS))
    .next[0] as PageRequest
  const page = readSavedPage(answer, { request })
  expect(page.body).toMatch(result)
  return { ...page, body: page.body.replace(result, unsaid) }
}

describe('a list that may not be whole', () => {
  it.each([
    [
      dealerOn,
      ['dealeron/fixtures/search-page.html', 'dealeron/fixtures/cards.json'],
      /"TotalCount":\s*\d+/,
      '"Count": 3',
    ],
    [
      dealerOn,
      ['dealeron/fixtures/search-page.html', 'dealeron/fixtures/cards.json'],
      /"Paging"/,
      '"Pages"',
    ],
    [
      dealerCom,
      ['dealer-com/fixtures/index.html', 'dealer-com/fixtures/inventory.json'],
      /"totalCount":\s*\d+/,
      '"totalCount":null',
    ],
    [
      dealerInspire,
      ['dealer-inspire/fixtures/search-page.html', 'dealer-inspire/fixtures/found.json'],
      /"total_vehicle_count":\s*\d+/,
      '"total_vehicle_count":"many"',
    ],
  ] as const)(
    'is none where a platform that announces its cars does not include the number of cars',
    (platform, pages, message, unsaid) => {
      expect(
        expectProblem(platform.read(answerOf(platform, pages, message, unsaid), {}, IN_DOLLARS)),
      ).toContain('does not include the number of cars')
    },
  )

  it('names those of its cars that could not be read', () => {
    const pages = ['dealeron/fixtures/search-page.html', 'dealeron/fixtures/cards.json'] as const
    const malformed = answerOf(
      dealerOn,
      pages,
      /"VehicleCard": \{\s*"VehicleVin": "(\w+)"/,
      '"VehicleCard": "VIN $1", "Car": {"Model": "$1"',
    )
    const mentions =
      expectFound(dealerOn.read(malformed, {}, IN_DOLLARS)).dropped[0]?.mentions ?? []
    expect(mentions.map(({ vin, stockNumber, url }) => vin ?? stockNumber ?? url)).toEqual([
      '1HGCM82633A004352',
      'P1042A',
      expect.stringMatching(/1HGCM82633A004352$/),
    ])
    const url = `https://riverside.example/cars/${'2019-honda-accord-'.repeat(10)}1`
    const gone = buildPage('Gone', { status: 404, request: { url, carry: { step: 'car' } } })
    expect(expectFound(schemaOrg.read(gone, {}, IN_DOLLARS)).dropped).toMatchObject([{ what: url }])
  })

  it('names every car that is on it, however many', () => {
    const items = Array.from({ length: 450 }, (_, index) => ({
      '@type': 'ListItem',
      url: `/cars/${index}`,
    }))
    const list = JSON.stringify({ '@type': 'ItemList', itemListElement: items })
    const page = buildPage(
      `<html><body><script type="application/ld+json">${list}</script></body></html>`,
    )
    expect(expectFound(schemaOrg.read(page, {}, IN_DOLLARS)).next).toHaveLength(450)
  })
})
