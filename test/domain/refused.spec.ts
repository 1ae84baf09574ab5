import { describe, expect, it } from '@jest/globals'
import type { Named } from '../../plugins/scraping/domain/identity.ts'
import { countRefused, holdersOf, namesOf } from '../../plugins/scraping/domain/refused.ts'

const car = (about: Partial<Named> = {}): Named => ({ vin: null, stockNumber: null, url: null, ...about })
const listing = (...names: Partial<Named>[]) => ({ what: 'a card', why: 'it is empty', names: names.map(car) })
const mentioning = (...names: Partial<Named>[]) => ({ what: 'a card', why: 'it is empty', mentions: names.map(car) })

describe('listings that could not be read', () => {
  const unseen = [car({ stockNumber: 'A1', url: 'https://a.example/1' }), car({ stockNumber: 'A2', externalId: 'u2' })]

  it('hold the known cars that they name, each once', () => {
    expect(countRefused([listing({ stockNumber: 'a1' }), listing({ externalId: 'u2' })], unseen)).toEqual({
      held: 2,
      nameless: 0,
    })
    expect(countRefused([listing({ stockNumber: 'A1' }), listing({ url: 'https://a.example/1' })], unseen)).toMatchObject({
      held: 1,
    })
  })

  it('hold none where a stronger name differs, or where they name another car', () => {
    expect(countRefused([listing({ stockNumber: 'A9', externalId: 'u2' })], unseen)).toEqual({ held: 0, nameless: 0 })
    expect(countRefused([listing({ stockNumber: 'A7' })], unseen)).toEqual({ held: 0, nameless: 0 })
  })

  it('hold what they only mention where they have no name of their own', () => {
    expect(countRefused([mentioning({ url: 'https://a.example/9' }, { url: 'https://a.example/1' })], unseen)).toMatchObject({
      held: 1,
    })
    const both = { ...listing({ stockNumber: 'A7' }), ...mentioning({ url: 'https://a.example/1' }) }
    expect(countRefused([{ ...both, names: [car({ stockNumber: 'A7' })] }], unseen)).toMatchObject({ held: 0 })
  })

  it('are nameless where nothing in them names a car', () => {
    const [none, empty] = [{ what: 'a card', why: 'it is empty' }, listing({ stockNumber: 'N/A' })]
    expect(countRefused([none, empty], unseen)).toEqual({ held: 0, nameless: 2 })
    expect(namesOf(mentioning({ url: 'https://a.example/1' }))).toHaveLength(1)
  })

  it('may be any car of which they have a name', () => {
    const isHeld = holdersOf([car({ stockNumber: 'A1' }), car({ externalId: 'u2' })])
    expect([...unseen, car({ stockNumber: 'A3' }), car()].map(isHeld)).toEqual([true, true, false, false])
  })
})
