import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { FUEL_TYPES, FUEL_TYPE_NAMES } from '../domain/fuel-types.ts'
import { FUEL_TYPE_LIST } from './stats-schemas.ts'

/** GET /api/fuel-types: the types of fuel that a fuel log may have, and the grades of each. */
export const listFuelTypes = endpoint({
  method: 'get',
  path: '/fuel-types',
  summary: 'Return the types of fuel and the grades of each',
  access: callers.anybody,
  response: describeJson('The types, in the order of a menu.', FUEL_TYPE_LIST),
  refusals: [],
  handler: () => ({
    fuelTypes: FUEL_TYPE_NAMES.map((value) => {
      const { label, measure, grades } = FUEL_TYPES[value]
      return { value, label, measure, grades: [...grades] }
    }),
  }),
})
