import { describe, expect, it } from '@jest/globals'
import { readDrivvo } from '../../src/garage/imports/domain/formats/drivvo.ts'

const FILL = `12000|2026-03-01 10:00:00|Gasoline|5.899|235.96|40|Yes${'|'.repeat(11)}Shell|Work|full of notes`

const toRows = (...lines: string[]) =>
  lines.map((text, index) => ({ line: index + 1, cells: text.split('|') }))

describe('a file of Drivvo', () => {
  it('has fills, then services and expenses in sections', () => {
    const file = readDrivvo(
      toRows(
        'Odometer (km)|Date',
        FILL,
        '#Service',
        '12100|2026-03-05 09:00:00|150|Oil change|Garage|new filter',
        '#Expense',
        '12150|2026-03-06 09:00:00|12|Parking||',
      ),
    )
    expect(file.headers).toEqual(['Odometer (km)', 'Date'])
    expect(file.records).toEqual([
      {
        line: 2,
        kind: 'fuel',
        cells: {
          odometer: '12000',
          date: '2026-03-01 10:00:00',
          fuelType: 'Gasoline',
          price: '5.899',
          total: '235.96',
          amount: '40',
          full: 'Yes',
          location: 'Shell',
          notes: 'full of notes\nWork',
        },
      },
      {
        line: 4,
        kind: 'maintenance',
        cells: {
          odometer: '12100',
          date: '2026-03-05 09:00:00',
          total: '150',
          title: 'Oil change',
          shop: 'Garage',
          notes: 'new filter',
        },
      },
      {
        line: 6,
        kind: 'maintenance',
        cells: { odometer: '12150', date: '2026-03-06 09:00:00', total: '12', title: 'Parking' },
      },
    ])
  })

  it('says why other sections are not imported', () =>
    expect(readDrivvo(toRows('#Income', '12100|2026-03-05|99')).refused).toEqual([
      {
        line: 2,
        reasons: [
          'Rows of the section "income" are neither fuel nor maintenance, so they are not imported.',
        ],
      },
    ]))
})
