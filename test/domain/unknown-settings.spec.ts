import { describe, expect, it } from '@jest/globals'
import { findUnknownSettings } from '../../src/domain/unknown-settings.ts'

const KNOWN = [
  'PORT',
  'MARKET_ZIP',
  'MARKET_RADIUS_MILES',
  'DB_POOL_MAX',
  'DB_IDLE_SECONDS',
  'LOG_LEVEL',
  'PAYLOAD_SECRET',
  'PAYLOAD_SECRET_PREVIOUS',
]

describe('a variable that no setting has the name of', () => {
  it('is warned of where it is almost a setting, or begins as several do', () => {
    const found = findUnknownSettings(
      { PROT: '1', MARKET_COLOR: 'red', LOGLEVEL: 'x', OIDC_X: 'x' },
      KNOWN,
    )
    expect(found.map((line) => line.split(' ')[0])).toEqual([
      'LOGLEVEL',
      'MARKET_COLOR',
      'OIDC_X',
      'PROT',
    ])
  })

  it('is left alone where it is of a system, of a platform, or has nothing to do with any', () => {
    expect(
      findUnknownSettings(
        {
          PATH: 'x',
          DB_HOST: 'x',
          LOG_FORMAT: 'x',
          MARKET: 'x',
          KUBERNETES: 'x',
          PAYLOAD_CONFIG_PATH: 'x',
        },
        KNOWN,
      ),
    ).toEqual([])
  })
})
