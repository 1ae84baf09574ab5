import { describe, expect, it } from '@jest/globals'
import type { Payload } from 'payload'
import { buildMarketOptions, resolveMarketSettings } from '../../plugins/market/options.ts'
import { testSettings } from '../support/settings.ts'

const payload = {} as Payload
const competitorStock = () => Promise.resolve({ listings: [], complete: true })

describe('what cars are compared with', () => {
  it('is auto.dev where there is a key, else the stock of competitors, else nothing', () => {
    const keyed = buildMarketOptions(
      testSettings({ AUTODEV_API_KEY: 'sk_1', MARKET_ZIP: '64055', MARKET_RADIUS_MILES: '75' }),
    )
    expect(resolveMarketSettings({ ...keyed, competitorStock })).toMatchObject({
      area: { zip: '64055', radiusMiles: 75 },
    })
    expect(resolveMarketSettings({ ...keyed, competitorStock }).getSource(payload, '')?.name).toBe(
      'auto.dev',
    )
    const bare = buildMarketOptions(testSettings({}))
    expect(resolveMarketSettings({ ...bare, competitorStock }).getSource(payload, '')?.name).toBe(
      'competitors',
    )
    expect(resolveMarketSettings({ ...bare, competitorStock })).toMatchObject({
      vinSource: null,
      area: null,
    })
    expect(resolveMarketSettings(bare).getSource(payload, '')).toBeNull()
  })

  it('is asked as the settings say, and by the defaults where they say nothing', () => {
    const result = {
      MARKET_RECENCY_DAYS: '30',
      MARKET_SWEEP_CARS: '12',
      AUTODEV_GAP_MS: '1000',
      SCHEDULE_MARKET_RESEARCH: 'off',
      MARKET_IN_LINE_PERCENT: '4.5',
      MARKET_FAR_PERCENT: '9',
      MARKET_GOAL: 'fast',
      MARKET_LATITUDE: '39.1',
      MARKET_LONGITUDE: '-94.4',
    }
    expect(resolveMarketSettings(buildMarketOptions(testSettings(result)))).toMatchObject({
      recencyDays: 30,
      sweepCars: 12,
      gapMs: 1_000,
      bands: { inLinePercent: 4.5, farPercent: 9 },
      goal: 'fast',
      position: { latitude: 39.1, longitude: -94.4 },
      research: {},
    })
    expect(resolveMarketSettings(buildMarketOptions(testSettings({})))).toMatchObject({
      recencyDays: 90,
      sweepCars: 500,
      gapMs: 200,
      bands: { inLinePercent: 3, farPercent: 7 },
      goal: 'market',
      position: null,
      keepDays: { analyses: 90, prices: 180, sightings: 365 },
      research: { schedule: { cron: '0 0 */3 * *', timeZone: 'America/Los_Angeles' } },
      cleanUp: { schedule: { cron: '0 3 * * 0', timeZone: 'America/Los_Angeles' } },
    })
  })

  it('is measured from the lot, where the settings say where it is', () => {
    const settings = testSettings({ MARKET_LATITUDE: '39.0997', MARKET_LONGITUDE: '-94.5786' })
    expect(buildMarketOptions(settings).position).toEqual({
      latitude: 39.0997,
      longitude: -94.5786,
    })
    expect(resolveMarketSettings({}).position).toBeNull()
  })

  it('stops the start where it cannot be', () => {
    expect(() => resolveMarketSettings({ recencyDays: -1 })).toThrow(
      'The market option recencyDays must be 0 or greater, not -1.',
    )
    expect(() => resolveMarketSettings({ bands: { inLinePercent: 5, farPercent: 4 } })).toThrow(
      'The market option farPercent, 4, must not be less than inLinePercent, 5.',
    )
    expect(() =>
      resolveMarketSettings({ keepDays: { analyses: NaN, prices: 1, sightings: 1 } }),
    ).toThrow('analyses')
  })
})

describe('the settings of auto.dev', () => {
  it.each([
    [{ AUTODEV_URL: 'http://api.auto.dev' }, 'https://'],
    [{ AUTODEV_URL: 'https://api.auto.dev/v2?x=1' }, 'must look like'],
    [{ AUTODEV_API_KEY: 'two words' }, 'printable ASCII'],
    [{ MARKET_ZIP: '6405' }, 'five-digit ZIP code'],
  ])('cannot be %j', (message, words) => {
    expect(() => testSettings(message)).toThrow(words)
  })

  it('may be on this machine without https, and no refusal says the key', () => {
    expect(testSettings({ AUTODEV_URL: 'http://127.0.0.1:4105' }).AUTODEV_URL).toBe(
      'http://127.0.0.1:4105',
    )
    expect(() => testSettings({ AUTODEV_API_KEY: 'sk_secret two' })).toThrow(/^(?!.*sk_secret)/s)
  })
})
