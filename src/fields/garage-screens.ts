import type { UIField } from 'payload'

const buildField = (component: string) => ({
  components: { Field: `/src/admin/garage/${component}` },
})

/** How a list of rows shows a distance. */
export const asDistance = {
  components: { Cell: '/src/admin/lot/figure-cells.tsx#MileageCell' },
} as const

/** How the panel edits a text of the garage that is chosen from a list. */
export const listedIn = {
  fuelTypes: buildField('fuel-selects.tsx#FuelTypeSelect'),
  fuelGrades: buildField('fuel-selects.tsx#FuelGradeSelect'),
  categories: buildField('maintenance-selects.tsx#CategorySelect'),
  subtypes: {
    components: {
      Field: '/src/admin/garage/maintenance-selects.tsx#SubtypesSelect',
      Cell: '/src/admin/cells/list-cell.tsx#ListCell',
    },
  },
} as const

const buildScreenPart = (name: string, component: string): UIField => ({
  type: 'ui',
  name,
  admin: { disableListColumn: true, components: { Field: `/src/admin/${component}` } },
})

/** Shows the files of a document or a log in its form. */
export const attachedFiles = buildScreenPart('files', 'documents/attached-files.tsx#AttachedFiles')

/** Shows the photo of a vehicle in its form. */
export const vehiclePhoto = buildScreenPart('photo', 'documents/vehicle-photo.tsx#VehiclePhoto')

/** How the panel edits the details of a document: as fields of its type. */
export const documentDetails = {
  components: { Field: '/src/admin/documents/document-details.tsx#DocumentDetails' },
} as const

/** Shows what a vehicle costs, what is due for it, and how its history moves, in its form. */
export const vehicleFigures = {
  stats: buildScreenPart('stats', 'garage/vehicle-stats.tsx#VehicleStats'),
  due: buildScreenPart('due', 'garage/vehicle-due.tsx#VehicleDue'),
  transfer: buildScreenPart('transfer', 'garage/history-transfer.tsx#HistoryTransfer'),
} as const

/** Shows who has access to a vehicle, and its offers, in its form. */
export const vehicleSharing = buildScreenPart(
  'sharing',
  'sharing/vehicle-sharing.tsx#VehicleSharing',
)
