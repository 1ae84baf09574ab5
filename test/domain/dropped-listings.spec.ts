import { describe, expect, it } from '@jest/globals'
import type { CarIdentity } from '../../plugins/scraping/domain/identity.ts'
import {
  countDropped,
  createIdentityMatcher,
  listIdentities,
} from '../../plugins/scraping/domain/dropped-listings.ts'

const car = (about: Partial<CarIdentity> = {}): CarIdentity => ({
  vin: null,
  stockNumber: null,
  url: null,
  ...about,
})
const listing = (...names: Partial<CarIdentity>[]) => ({
  what: 'a card',
  why: 'it is empty',
  names: names.map(car),
})
const mentioning = (...names: Partial<CarIdentity>[]) => ({
  what: 'a card',
  why: 'it is empty',
  mentions: names.map(car),
})

describe('listings that could not be read', () => {
  const unseen = [
    car({ stockNumber: 'A1', url: 'https://a.example/1' }),
    car({ stockNumber: 'A2', externalId: 'u2' }),
  ]

  it('hold the known cars that they name, each once', () => {
    expect(
      countDropped([listing({ stockNumber: 'a1' }), listing({ externalId: 'u2' })], unseen),
    ).toEqual({
      held: 2,
      nameless: 0,
    })
    expect(
      countDropped(
        [listing({ stockNumber: 'A1' }), listing({ url: 'https://a.example/1' })],
        unseen,
      ),
    ).toMatchObject({
      held: 1,
    })
  })

  it('hold none where a stronger name differs, or where they name another car', () => {
    expect(countDropped([listing({ stockNumber: 'A9', externalId: 'u2' })], unseen)).toEqual({
      held: 0,
      nameless: 0,
    })
    expect(countDropped([listing({ stockNumber: 'A7' })], unseen)).toEqual({ held: 0, nameless: 0 })
  })

  it('hold what they only mention where they have no name of their own', () => {
    expect(
      countDropped(
        [mentioning({ url: 'https://a.example/9' }, { url: 'https://a.example/1' })],
        unseen,
      ),
    ).toMatchObject({
      held: 1,
    })
    const both = {
      ...listing({ stockNumber: 'A7' }),
      ...mentioning({ url: 'https://a.example/1' }),
    }
    expect(countDropped([{ ...both, names: [car({ stockNumber: 'A7' })] }], unseen)).toMatchObject({
      held: 0,
    })
  })

  it('are nameless where nothing in them names a car', () => {
    const [none, empty] = [{ what: 'a card', why: 'it is empty' }, listing({ stockNumber: 'N/A' })]
    expect(countDropped([none, empty], unseen)).toEqual({ held: 0, nameless: 2 })
    expect(listIdentities(mentioning({ url: 'https://a.example/1' }))).toHaveLength(1)
  })

  it('may be any car of which they have a name', () => {
    const isHeld = createIdentityMatcher([car({ stockNumber: 'A1' }), car({ externalId: 'u2' })])
    expect([...unseen, car({ stockNumber: 'A3' }), car()].map(isHeld)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})
