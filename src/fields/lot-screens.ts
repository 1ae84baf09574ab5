import type { UIField } from 'payload'

const buildCell = (component: string) => ({ components: { Cell: `/src/admin/lot/${component}` } })

/** How the list shows a field of a car: `admin: cells.status`. */
export const cells = {
  mileage: buildCell('figure-cells.tsx#MileageCell'),
  status: buildCell('status-cell.tsx#StatusCell'),
  thumbnail: buildCell('thumbnail-cell.tsx#ThumbnailCell'),
  title: buildCell('title-cell.tsx#TitleCell'),
} as const

/**
 * A list of short texts that is entered as one text, one entry per line. The examples are the
 * placeholder.
 */
export const onePerLine = (...examples: string[]) => ({
  components: { Field: '/src/admin/lot/feature-list.tsx#FeatureList' },
  custom: { placeholder: examples.join('\n') },
})

/** Shows in the sidebar how many rows of other tables are deleted with this row. */
export const cascadeNotice: UIField = {
  type: 'ui',
  name: 'takesWithIt',
  admin: {
    position: 'sidebar',
    disableListColumn: true,
    components: { Field: '/src/admin/lot/cascade-notice.tsx#TakesWithIt' },
  },
}
