import { describe, expect, it } from '@jest/globals'
import { FIRST_SUBTYPES } from '../../src/garage/first-subtypes.ts'
import { checkMaintenanceWords, normalizeWord } from '../../src/garage/domain/maintenance-words.ts'

const catalog = [
  { category: 'Routine maintenance', name: 'Oil change', isActive: true },
  { category: 'Routine maintenance', name: 'Tire rotation', isActive: true },
  { category: 'Routine maintenance', name: 'Points', isActive: false },
  { category: 'Repair', name: 'Engine', isActive: true },
  { category: 'Restoration', name: 'Paint', isActive: false },
]
const check = (category: string, subtypes: string[] | null = null) =>
  checkMaintenanceWords(catalog, { category, subtypes }, null)

describe('the words of maintenance', () => {
  it.each([
    'Routine maintenance',
    'routine_maintenance',
    'ROUTINE-MAINTENANCE',
    ' routine  maintenance ',
  ])('are spelled as in the catalog: %s', (category) => {
    expect(check(category, ['oil_change', 'OIL CHANGE', 'tire-rotation'])).toEqual({
      words: { category: 'Routine maintenance', subtypes: ['Oil change', 'Tire rotation'] },
    })
  })

  it('may be a category alone', () => {
    expect(check('Repair')).toEqual({ words: { category: 'Repair', subtypes: null } })
    expect(check('Repair', [])).toEqual({ words: { category: 'Repair', subtypes: [] } })
  })

  it.each(['Oil', 'Restoration', ''])('are refused for the unknown category "%s"', (category) => {
    const message = `must be one of Routine maintenance, Repair, not "${category}"`
    expect(check(category)).toEqual({ errors: [{ path: 'category', message }] })
  })

  it('are refused for an unknown, retired or foreign subtype, with the way out', () => {
    const messageFor = (name: string) => JSON.stringify(check('Routine maintenance', [name]))
    expect(messageFor('Oil chnage')).toContain('Did you mean \\"Oil change\\"?')
    expect(messageFor('Oil chnage')).toContain('/api/maintenance/subtypes/Routine%20maintenance')
    expect(messageFor('Points')).toContain('has no \\"Points\\"')
    expect(messageFor('Engine')).toContain('must be of the category Routine maintenance')
  })

  it('are kept in a row that had them before', () => {
    const change = (
      before: { category: string; subtypes: string[] | null },
      after: { category: string; subtypes: string[] | null },
    ) => checkMaintenanceWords(catalog, after, before)
    const old = { category: 'Oil', subtypes: ['Filter'] }
    expect(change(old, { ...old, subtypes: ['Filter', 'Pan'] })).toEqual({
      words: { category: 'Oil', subtypes: ['Filter', 'Pan'] },
    })
    const retired = { category: 'Routine maintenance', subtypes: ['Points', 'Magneto'] }
    expect(change(retired, { ...retired, subtypes: ['Magneto', 'Oil change'] })).toEqual({
      words: { category: 'Routine maintenance', subtypes: ['Magneto', 'Oil change'] },
    })
    expect(change(retired, { category: 'Repair', subtypes: ['Points'] })).toHaveProperty('errors')
  })

  it('of a new database are 35 to 40 subtypes, each once in its category', () => {
    const words = Object.entries(FIRST_SUBTYPES).flatMap(([category, names]) =>
      names.map((name) => `${normalizeWord(category)}: ${normalizeWord(name)}`),
    )
    expect(words.length).toBeGreaterThanOrEqual(35)
    expect(words.length).toBeLessThanOrEqual(40)
    expect(new Set(words).size).toBe(words.length)
  })
})
