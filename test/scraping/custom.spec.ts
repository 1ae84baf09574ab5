import { describe, expect, it } from '@jest/globals'
import type { JsonObject } from '../../plugins/scraping/domain/json.ts'
import { custom } from '../../plugins/scraping/platforms/custom/index.ts'
import { readJson } from '../support/repository-files.ts'
import { expectFound, buildPage, expectProblem, readSavedPage } from '../support/saved-page.ts'
import { IN_DOLLARS } from '../support/in-dollars.ts'

const SETTINGS = readJson('plugins/scraping/platforms/custom/fixtures/settings.json') as JsonObject
const read = (more: JsonObject = {}) =>
  custom.read(readSavedPage('custom/fixtures/our-cars.html'), { ...SETTINGS, ...more }, IN_DOLLARS)
const check = (settings: JsonObject) => custom.checkConfig?.(settings)

describe('a site that settings tell how to read', () => {
  it('gives what stands where they say', () => {
    const { listings, dropped, total, sources } = expectFound(read())
    expect(listings).toMatchObject([
      {
        vin: '1FTFW1EF7BFB11754',
        stockNumber: '11754',
        year: 2011,
        make: 'Ford',
        model: 'F-150',
        trim: 'XLT',
        priceCents: 1_590_000,
        mileage: 101_200,
        url: 'https://riverside.example/cars/11754',
      },
      {
        vin: null,
        make: 'Land Rover',
        model: 'LR2',
        priceCents: null,
        url: 'https://riverside.example/cars/9',
      },
    ])
    expect([dropped, total]).toEqual([
      [{ what: 'We buy cars!', why: expect.stringContaining('no stock number, address or ID') }],
      17,
    ])
    expect(sources).toMatchObject({
      vin: '[data-vin]',
      priceCents: '.now',
      url: 'a.name[href]',
      title: '.name',
    })
  })

  it.each<[string, JsonObject, string[]]>([
    ['a link', { link: 'a.older' }, ['https://riverside.example/our-cars?page=2']],
    [
      'a page number',
      { pageNumber: { parameter: 'page' } },
      ['https://riverside.example/used?page=2'],
    ],
    [
      'a page number from 0',
      { pageNumber: { parameter: 'p', first: 0 } },
      ['https://riverside.example/used?p=1'],
    ],
    [
      'a button',
      { loadMore: { selector: 'button.more', attribute: 'data-url' } },
      ['https://riverside.example/more?after=3'],
    ],
    ['a link that is not there', { link: 'a.newer' }, []],
    [
      'a button with its address in an odd place',
      { loadMore: { selector: 'button.more', attribute: 'class' } },
      ['https://riverside.example/more'],
    ],
  ])('goes on by %s', (_how, next, addresses) => {
    expect(expectFound(read({ next })).next.map(({ url }) => url)).toEqual(addresses)
  })

  it('is one page where they do not say how it goes on', () => {
    const { next: _next, ...alone } = SETTINGS
    expect(
      expectFound(custom.read(readSavedPage('custom/fixtures/our-cars.html'), alone, IN_DOLLARS))
        .next,
    ).toEqual([])
  })

  it('is not read without settings, where its page is not there, breaks off, or is not HTML', () => {
    expect(expectProblem(custom.read(buildPage('<html></html>'), {}, IN_DOLLARS))).toContain(
      'do not describe how to read this site',
    )
    expect(
      expectProblem(custom.read(buildPage('', { status: 404 }), SETTINGS, IN_DOLLARS)),
    ).toContain('(404)')
    expect(
      expectProblem(custom.read(buildPage('<html><li class="car">'), SETTINGS, IN_DOLLARS)),
    ).toContain('is truncated')
    expect(
      expectProblem(custom.read(buildPage('<ul><li class="ca'), SETTINGS, IN_DOLLARS)),
    ).toContain('is truncated')
    expect(
      expectProblem(custom.read(buildPage('{"html":"<div></div>"}'), SETTINGS, IN_DOLLARS)),
    ).toContain('is not HTML')
    expect(
      expectProblem(custom.read(buildPage('\u0001\u0002 nothing'), SETTINGS, IN_DOLLARS)),
    ).toContain('is not HTML')
  })
})

describe('a list that goes on by numbers or a button', () => {
  const config = (next: JsonObject) => ({ listing: '.car', fields: { url: 'a' }, next })
  const later = { request: { url: 'https://riverside.example/used?page=3', carry: { page: 3 } } }
  it.each<[string, JsonObject]>([
    ['numbers', { pageNumber: { parameter: 'page' } }],
    ['a button', { loadMore: { selector: 'button.more' } }],
  ])('of %s ends where its next page is not there or has nothing in it', (_how, next) => {
    const pages = [
      buildPage('', later),
      buildPage(' \n', later),
      buildPage('<html>gone</html>', { ...later, status: 404 }),
    ]
    const reads = pages.map((page) => expectFound(custom.read(page, config(next), IN_DOLLARS)))
    expect(reads.map(({ listings, next: more }) => [listings, more])).toEqual(
      Array(3).fill([[], []]),
    )
    expect(
      expectProblem(custom.read(buildPage('', { status: 404 }), config(next), IN_DOLLARS)),
    ).toContain('(404)')
    expect(expectProblem(custom.read(buildPage(''), config(next), IN_DOLLARS))).toContain(
      'is not HTML',
    )
  })
})

describe('the settings of such a site', () => {
  it('serve as they stand beside the saved page', () => {
    expect(check(SETTINGS)).toBeNull()
  })

  it.each<[string, JsonObject, string]>([
    ['nothing', {}, 'listing:'],
    ['no listing', { fields: { url: 'a' } }, 'listing:'],
    [
      'a listing that is no selector',
      { ...SETTINGS, listing: 'li[[' },
      '"li[[" is not a CSS selector',
    ],
    ['a field that nobody knows', { ...SETTINGS, fields: { url: 'a', color: '.c' } }, '"color"'],
    [
      'nothing to know a car by',
      { ...SETTINGS, fields: { title: 'h2' } },
      'specify vin, stockNumber or url',
    ],
    [
      'a field that is a number',
      { ...SETTINGS, fields: { url: 7 } },
      'fields.url: write a CSS selector, or',
    ],
    [
      'an onward that is no way',
      { ...SETTINGS, next: { scroll: true } },
      'next: write { "link": "a.next" }',
    ],
    ['a word too many', { ...SETTINGS, lisitng: 'x' }, '"lisitng"'],
    ['a selector of 10,000 characters', { ...SETTINGS, listing: 'a'.repeat(10_000) }, 'listing:'],
    [
      'a key that is dangerous',
      JSON.parse('{"__proto__":{"listing":"li"},"fields":{"url":"a"}}') as JsonObject,
      'do not describe how',
    ],
  ])('with %s are refused with what is wrong and an example', (_what, settings, words) => {
    expect(check(settings)).toContain(words)
    expect(check(settings)).toContain('An example: { "listing": ".car"')
  })

  it('are served by the example that the refusal shows', () => {
    const example = /An example: (\{.*\})$/.exec(check({}) ?? '')?.[1] ?? ''
    expect(check(JSON.parse(example) as JsonObject)).toBeNull()
  })
})
