import { describe, expect, it } from '@jest/globals'
import type { CollectionConfig } from 'payload'
import { flattenAllFields } from 'payload'
import { Vehicles } from '../../collections/garage/vehicles.ts'
import { Inventory } from '../../collections/lot/inventory.ts'
import { GARAGE_VIN_FIELDS, NUMBER_FIELDS, VIN_FIELDS } from '../../src/vin/domain/facts.ts'

/** The columns of a table that hold one of these facts, by whether they hold a number. */
function listColumns({ fields }: CollectionConfig, facts: readonly string[]) {
  const columns = flattenAllFields({ fields }).filter(({ name }) => facts.includes(name))
  const isNumber = ({ type }: { type: string }) => type === 'number'
  return {
    names: columns.map(({ name }) => name).toSorted(),
    numbers: columns.filter(isNumber).map(({ name }) => name),
  }
}

describe('the facts that a VIN identifies', () => {
  it('all have a column in the inventory, of a number or a text', () => {
    const { names, numbers } = listColumns(Inventory, VIN_FIELDS)
    expect(names).toEqual([...VIN_FIELDS].toSorted())
    expect(numbers.toSorted()).toEqual([...NUMBER_FIELDS].toSorted())
  })

  it('of owners’ vehicles are those that the table has a column for', () => {
    expect(listColumns(Vehicles, VIN_FIELDS).names).toEqual([...GARAGE_VIN_FIELDS].toSorted())
  })
})
