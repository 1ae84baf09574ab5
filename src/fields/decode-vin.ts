import type { UIField } from 'payload'
import type { VinField } from '../vin/domain/facts.ts'

/** A button that decodes the VIN of the form and fills in the empty ones of these fields. */
export const decodeVinButton = (fields: readonly VinField[]): UIField => ({
  type: 'ui',
  name: 'decodeVin',
  admin: {
    disableListColumn: true,
    components: {
      Field: { path: '/src/admin/vin/decode-vin.tsx#DecodeVin', clientProps: { fields } },
    },
  },
})
