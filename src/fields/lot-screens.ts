import type { NumberField, UIField } from 'payload'
import { money } from './numbers.ts'

const buildCell = (component: string) => ({ components: { Cell: `/src/admin/lot/${component}` } })

/** How the list shows a field of a car: `admin: cells.status`. */
export const cells = {
  mileage: buildCell('figure-cells.tsx#MileageCell'),
  money: buildCell('figure-cells.tsx#MoneyCell'),
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

/**
 * An amount in dollars, the lot's currency: money() with dollar formatting in the input and the
 * list.
 */
export function dollarAmount(
  name: string,
  options: NonNullable<Parameters<typeof money>[1]> = {},
): NumberField {
  return money(name, {
    ...options,
    admin: { className: 'in-dollars', ...cells.money, ...options.admin },
  })
}

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
