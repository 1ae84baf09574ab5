import { describe, expect, it } from '@jest/globals'
import {
  describeIdentity,
  describeRecords,
  findKnownRows,
} from '../../src/garage/imports/domain/known-rows.ts'
import type { CostRow, ImportRow, ServiceRow } from '../../src/garage/imports/domain/row-values.ts'

const VALUES: ServiceRow = {
  serviceDate: '2026-01-01',
  odometer: 5,
  category: 'Repair',
  subtypes: ['Brakes', 'Engine'],
  cost: 10,
  shopName: null,
  notes: null,
}
const service = (about: Partial<ServiceRow> = {}): ImportRow => ({
  kind: 'maintenance',
  values: { ...VALUES, ...about },
})

describe('a record', () => {
  it('is described by the cells that identify it, and by its number among equal ones', () => {
    const record = (notes: string) => ({
      line: 1,
      kind: 'fuel' as const,
      cells: { date: '2026-01-01', amount: '10', notes },
    })
    const [first, second] = describeRecords([record('a'), record('b')])
    expect(second).toBe(`${first} 2`)
    expect(describeRecords([record('c')])).toEqual([first])
  })
})

describe('the identity of a row', () => {
  it('does not depend on the order and the case of its words', () =>
    expect(describeIdentity(service({ subtypes: ['engine', 'BRAKES'] }))).toBe(
      describeIdentity(service()),
    ))

  it('differs with its values', () =>
    expect(describeIdentity(service({ cost: 10.01 }))).not.toBe(describeIdentity(service())))
})

describe('the identity of an ownership cost', () => {
  const COST: CostRow = {
    kind: 'insurance',
    title: 'Acme',
    amount: 600,
    intervalMonths: 6,
    startDate: '2026-01-01',
    endDate: null,
    notes: null,
  }
  const describeCost = (about: Partial<CostRow> = {}) =>
    describeIdentity({ kind: 'cost', values: { ...COST, ...about } })

  it('does not change when the cost ends', () =>
    expect(describeCost({ endDate: '2026-06-30', notes: 'sold' })).toBe(describeCost()))

  it('differs with its amount', () =>
    expect(describeCost({ amount: 600.01 })).not.toBe(describeCost()))
})

describe('a row of a file', () => {
  const identity = describeIdentity(service())
  const find = (...stored: { fingerprint: string | null; identity: string }[]) =>
    findKnownRows(
      [
        { fingerprint: 'a', row: service() },
        { fingerprint: 'b', row: service() },
      ],
      stored.map((row, index) => ({ ...row, id: String(index) })),
    )

  it('is new for an empty vehicle', () => expect(find()).toEqual([null, null]))

  it('is known by its fingerprint, also if its values were changed since', () =>
    expect(find({ fingerprint: 'b', identity: 'changed' })).toEqual([null, '0']))

  it('is known by its values, one for each stored row', () => {
    expect(find({ fingerprint: null, identity })).toEqual(['0', null])
    expect(find({ fingerprint: 'z', identity }, { fingerprint: null, identity })).toEqual([
      '0',
      '1',
    ])
    expect(find({ fingerprint: 'b', identity })).toEqual([null, '0'])
  })
})
