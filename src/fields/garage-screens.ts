import type { CollectionSlug, JoinField, UIField } from 'payload'
import { joinField } from './layout.ts'

const buildField = (component: string) => ({
  components: { Field: `/src/admin/garage/${component}` },
})

/** How a list of rows shows a distance. */
export const asDistance = {
  components: { Cell: '/src/admin/lot/figure-cells.tsx#MileageCell' },
} as const

/** How a list of fuel logs shows an amount of fuel: with the unit of its type. */
export const asFuelAmount = {
  components: { Cell: '/src/admin/garage/figure-cells.tsx#FuelAmountCell' },
} as const

/** How a list of fuel logs shows the price of a unit: in the owner's currency. */
export const asUnitPrice = {
  components: { Cell: '/src/admin/garage/figure-cells.tsx#UnitPriceCell' },
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

/** How the panel edits the details of a document: as fields of its type. */
export const documentDetails = {
  components: { Field: '/src/admin/documents/document-details.tsx#DocumentDetails' },
} as const

/**
 * The title of a row that has none of its own, such as `Fill-up, Nov 12, Camry`: in its form, and
 * as a column of lists.
 */
export const rowTitle: UIField = {
  type: 'ui',
  name: 'rowTitle',
  label: 'Title',
  admin: {
    components: {
      Field: '/src/admin/garage/row-title.tsx#RowTitle',
      Cell: '/src/admin/garage/row-title-cell.tsx#RowTitleCell',
    },
  },
}

/**
 * The button of a vehicle’s screen that adds a row of another table. `date` is the field that is
 * today at first. With `staysOpen`, the saved row stays open, so that files can be added to it.
 */
export type AddButton = {
  label: string
  collection: CollectionSlug
  date?: string
  staysOpen?: boolean
}

/** The rows of another table that refer to a vehicle, with a button that adds one. */
export const vehicleRows = (
  name: string,
  { columns, ...button }: AddButton & { columns: string[] },
): JoinField => {
  const field = joinField(name, button.collection, 'vehicle', columns)
  const component = '/src/admin/garage/vehicle-rows.tsx#VehicleRows'
  const components = { Field: { path: component, clientProps: { button } } }
  return { ...field, admin: { ...field.admin, components } }
}

/** Shows how a vehicle is, what it costs, what is due, and how its history moves, in its form. */
export const vehicleFigures = {
  overview: buildScreenPart('overview', 'garage/vehicle-overview.tsx#VehicleOverview'),
  stats: buildScreenPart('stats', 'garage/vehicle-stats.tsx#VehicleStats'),
  due: buildScreenPart('due', 'garage/vehicle-due.tsx#VehicleDue'),
  transfer: buildScreenPart('transfer', 'garage/history-transfer.tsx#HistoryTransfer'),
} as const

/** Shows who has access to a vehicle, and its offers, in its form. */
export const vehicleSharing = buildScreenPart(
  'sharing',
  'sharing/vehicle-sharing.tsx#VehicleSharing',
)

/** Shows the vehicles of an owner, what is due and what they spent, above their form. */
export const ownerGarage = buildScreenPart('garage', 'garage/owner-garage.tsx#OwnerGarage')
