import { describe, expect, it } from '@jest/globals'
import { anyOf } from '../../src/domain/pattern-choice.ts'

describe('any of several patterns', () => {
  it('matches each of them and nothing else', () => {
    const animal = new RegExp(`^${anyOf(['cats?', 'dogs?'])}$`)
    for (const word of ['cat', 'cats', 'dog', 'dogs']) expect(word).toMatch(animal)
    for (const word of ['cow', 'catdog', 'cat|dog', '']) expect(word).not.toMatch(animal)
  })

  it('keeps its alternatives apart from what stands around it', () => {
    const price = new RegExp(`${anyOf(['sale', 'our'])} price`)
    expect('our price').toMatch(price)
    expect('sale').not.toMatch(price)
  })

  it('tries them in order', () => {
    expect(new RegExp(anyOf(['sale', 'sale price'])).exec('sale price')?.[0]).toBe('sale')
    expect(new RegExp(anyOf(['sale price', 'sale'])).exec('sale price')?.[0]).toBe('sale price')
  })

  it('captures nothing', () => {
    const [whole, digit, ...others] = new RegExp(`${anyOf(['a', 'b'])}(\\d)`).exec('b7') ?? []
    expect([whole, digit, others]).toEqual(['b7', '7', []])
  })
})
