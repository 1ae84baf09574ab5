import { describe, expect, it } from '@jest/globals'
import { readFuelly } from '../../src/garage/imports/domain/formats/fuelly.ts'

const FILL =
  'Gas|30|3/15/2026|8:00 AM|Camry|50300|Full|3.6|10|36.00|87|Shell|Dayton|work|Visa|35|windy|'
const SERVICE =
  'Service||3/20/2026|9:00 AM|Camry|50400||||89.95|||Quick Lube||||synthetic|Oil Change, Tires'

const toRows = (...lines: string[]) =>
  lines.map((text, index) => ({ line: index + 1, cells: text.split('|') }))

describe('a file of Fuelly', () => {
  it('is read by the order of its columns', () =>
    expect(readFuelly(toRows(FILL, SERVICE)).records).toEqual([
      {
        line: 1,
        kind: 'fuel',
        cells: {
          date: '3/15/2026',
          time: '8:00 AM',
          odometer: '50300',
          full: 'Full',
          price: '3.6',
          amount: '10',
          total: '36.00',
          fuelGrade: '87',
          location: 'Shell, Dayton',
          tags: 'work',
          notes: 'windy',
        },
      },
      {
        line: 2,
        kind: 'maintenance',
        cells: {
          date: '3/20/2026',
          odometer: '50400',
          total: '89.95',
          title: 'Oil Change, Tires',
          shop: 'Quick Lube',
          notes: 'synthetic',
        },
      },
    ]))

  it('may have a header, which names its units; any other row is refused', () => {
    const file = readFuelly(toRows('Type|MPG|Gallons', FILL, 'Note|later'))
    expect(file.headers).toEqual(['Type', 'MPG', 'Gallons'])
    expect(file.records).toHaveLength(1)
    expect(file.refused).toEqual([
      { line: 3, reasons: ['The first cell must be Gas or Service, not "Note".'] },
    ])
  })
})
