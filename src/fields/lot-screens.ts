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

const buildUi = (name: string, component: string, position?: 'sidebar'): UIField => ({
  type: 'ui',
  name,
  admin: {
    disableListColumn: true,
    ...(position && { position }),
    components: { Field: `/src/admin/${component}` },
  },
})

/** The button that undoes a bulk price change, while that is possible. */
export const undoBatchButton = buildUi('undo', 'lot/undo-batch.tsx#UndoBatch')

/** In the sidebar of a car: sell it, hold it, and change its price. */
export const stockWork = buildUi('stockWork', 'lot/stock-work.tsx#StockWork', 'sidebar')

/** Shows the photos of a car that are gone. */
export const photoProblems = buildUi('photoProblems', 'lot/photo-problems.tsx#CarPhotoProblems')

/** What happened to a car. */
export const carTimeline = buildUi('timeline', 'lot/car-timeline.tsx#CarTimeline')

/** Shows the history that an owner shared, on the screens of its submission and of its car. */
export const sharedHistory = buildUi(
  'sharedHistory',
  'vehicle-history/shared-history.tsx#SharedHistory',
)
