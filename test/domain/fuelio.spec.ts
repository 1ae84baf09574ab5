import { describe, expect, it } from '@jest/globals'
import { readFuelio } from '../../src/garage/imports/domain/formats/fuelio.ts'

const toRows = (...lines: string[]) =>
  lines.map((text, index) => ({ line: index + 1, cells: text.split('|') }))

const LOG = 'Data|Odo (mi)|Fuel (litres)|Full|Price (optional)|City (optional)|Missed|VolumePrice'
const COSTS = 'CostTitle|Date|Odo|CostTypeID|Notes|Cost|isTemplate|isIncome'

describe('a backup of Fuelio', () => {
  it('has fills, and costs with their categories, by the names of its columns', () => {
    const file = readFuelio(
      toRows(
        '## Vehicle',
        'Name|VIN',
        'Camry|',
        '## Log',
        LOG,
        '2026-03-10 08:30|12300.0|40.0|1|58.0|Leeds|0|1.45',
        '## CostCategories',
        'CostTypeID|Name',
        '1|Service',
        '## Costs',
        COSTS,
        'Oil change|2026-03-12|0|1|5W-30|79.5|0|0',
      ),
    )
    expect(file.headers).toEqual([...LOG.split('|'), ...COSTS.split('|')])
    expect(file.records).toEqual([
      {
        line: 6,
        kind: 'fuel',
        cells: {
          date: '2026-03-10 08:30',
          odometer: '12300.0',
          amount: '40.0',
          full: '1',
          total: '58.0',
          price: '1.45',
          location: 'Leeds',
          missed: '0',
        },
      },
      {
        line: 12,
        kind: 'maintenance',
        cells: {
          date: '2026-03-12',
          category: 'Service',
          title: 'Oil change',
          total: '79.5',
          notes: '5W-30',
        },
      },
    ])
  })

  it('has 0 for a price that was not entered', () => {
    const file = readFuelio(
      toRows('## Log', LOG, '2026-03-10|1|40|1|0.0||0|1.5', '2026-03-11|2|40|1|60||0|0.0'),
    )
    expect(file.records.map(({ cells: { price, total } }) => [price, total])).toEqual([
      ['1.5', undefined],
      [undefined, '60'],
    ])
  })

  it('has templates and incomes, which are not costs', () =>
    expect(
      readFuelio(toRows('## Costs', COSTS, 'A|2026-01-01|1|1||5|1|0', 'B|2026-01-01|1|1||5|0|1'))
        .refused,
    ).toMatchObject([
      { line: 3, reasons: [expect.stringContaining('template')] },
      { line: 4, reasons: [expect.stringContaining('income')] },
    ]))
})
