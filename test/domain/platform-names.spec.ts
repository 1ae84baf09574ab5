import { describe, expect, it } from '@jest/globals'
import type { Platform } from '../../plugins/scraping/domain/pages.ts'
import { platformOf, platformProblem } from '../../plugins/scraping/domain/platform-names.ts'

const named = (name: string): Platform => ({ name, recognizes: () => false, begin: () => [], read: () => ({ problem: 'none' }) })
const platforms = [named('DealerOn'), named('Dealer.com')]

describe('a platform', () => {
  it.each(['Dealer.com', 'dealer.com', 'DEALERCOM', ' dealer com '])('is found as %s', (name) => {
    expect(platformOf(platforms, name)?.name).toBe('Dealer.com')
  })

  it.each([null, undefined, '', ' - ', 'Dealer'])('is none: %p', (name) => {
    expect(platformOf(platforms, name)).toBeUndefined()
  })

  it('that is none is refused with those that there are; none at all is not', () => {
    expect(platformProblem(platforms, 'Wix')).toBe(
      '"Wix" is no platform. The platforms are DealerOn, Dealer.com; leave it empty when you do not know.',
    )
    expect([platformProblem(platforms, ''), platformProblem(platforms, null), platformProblem(platforms, 'dealeron')]).toEqual([
      ...[null, null, null],
    ])
  })
})
