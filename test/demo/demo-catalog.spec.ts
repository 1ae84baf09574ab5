import { describe, expect, it } from '@jest/globals'
import { demoCatalog, demoEngines } from '../../src/demo/catalog/demo-catalog.ts'
import { demoCars } from '../../src/demo/demo-cars.ts'
import { MAKES } from '../../src/domain/makes.ts'

describe('the demo catalog', () => {
  it('has at least 50 models of known makes, each in several years', () => {
    const models = new Map<string, Set<number>>()
    for (const { make, model, year } of demoCatalog) {
      const name = `${make} ${model}`
      models.set(name, (models.get(name) ?? new Set()).add(year))
    }
    expect(models.size).toBeGreaterThanOrEqual(50)
    const unknown = demoCatalog.filter(({ make }) => !MAKES.includes(make))
    expect(unknown).toEqual([])
    const short = [...models].filter(([, years]) => years.size < 2)
    expect(short.map(([name]) => name)).toEqual([])
  })

  it('has every field of each option, and each option once', () => {
    const lines = demoCatalog.map((option) => Object.values(option).join(' | '))
    expect(lines.filter((line) => /NaN|undefined|\| *(\||$)/.test(line))).toEqual([])
    expect(new Set(lines).size).toBe(lines.length)
    const years = demoCatalog.map(({ year }) => year)
    expect([Math.min(...years), Math.max(...years)]).toEqual([2006, 2026])
  })

  it('tells what the name of an engine says', () => {
    expect(demoEngines).toContainEqual({
      name: '3.5L Turbo Hybrid V6',
      displacement: '3.5L',
      configuration: 'V6',
      aspiration: 'Turbocharged',
      fuelType: 'Hybrid',
    })
    expect(demoEngines.filter(({ configuration }) => configuration === null)).toEqual([])
  })

  it('has most models of the demo cars', () => {
    const known = new Set(demoCatalog.map(({ make, model }) => `${make} ${model}`))
    const missing = demoCars.filter(({ make, model }) => !known.has(`${make} ${model}`))
    expect(missing.length).toBeLessThan(demoCars.length / 6)
  })
})
