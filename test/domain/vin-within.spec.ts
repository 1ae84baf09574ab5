import { describe, expect, it } from '@jest/globals'
import { parseVin } from '../../src/domain/vin.ts'
import type { VinProblem } from '../../src/domain/vin.ts'

function problemOf(raw: string): VinProblem {
  const result = parseVin(raw)
  if ('vin' in result) throw new Error(`${JSON.stringify(raw)} was accepted as ${result.vin}`)
  return result.problem
}

describe('a VIN inside other text', () => {
  it.each([
    ['I1N6AA0ED4AN318993', '1N6AA0ED4AN318993'],
    ['IJHLRD77874C026456', 'JHLRD77874C026456'],
    ['*1HGCM82633A004352*', '1HGCM82633A004352'],
    ['VIN: 1HGCM82633A004352', '1HGCM82633A004352'],
    ['VIN 1hg-cm826 33A004352 (blue, 2 keys)', '1HGCM82633A004352'],
    ['ＶＩＮ：１ＨＧＣＭ８２６３３Ａ００４３５２', '1HGCM82633A004352'],
    ['1HGCM82633A0043521', '1HGCM82633A004352'],
    ['https://example.com/cars?vin=1HGCM82633A004352&page=2', '1HGCM82633A004352'],
    ['1HGCM82633A004352 / 1HGCM82633A004352', '1HGCM82633A004352'],
    ['VIN: 1HGCM82633AOO4352', '1HGCM82633A004352'],
    ['VIN: WVWZZZ3CZEE140287', 'WVWZZZ3CZEE140287'],
    ['1HGCM\u{1D7D6}26③③A004352', '1HGCM82633A004352'],
    ['1HG\u0421\u041C82633\u0410004352', '1HGCM82633A004352'],
  ])('is offered: %s', (raw, vin) => {
    const problem = problemOf(raw)
    expect(problem.suggestions).toEqual([vin])
    expect(problem.message).toContain(`Did you mean the VIN inside it? ${vin} is valid.`)
  })

  it.each([
    'VIN: 1HGCM82643A004352',
    'Honda Accord EX, silver',
    'VIN: WXYABCDEFGHJKLMNP',
    `VIN: ${'1'.repeat(17)}`,
  ])('is not made up: %s', (raw) => {
    expect(problemOf(raw).suggestions).toEqual([])
  })
})
