import { formatMiles, formatInteger } from '../../../src/admin/ui/format-figures.ts'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import type { TrialAnswer } from './api-types.ts'
import { toWebLink } from './format.ts'

/** The fields of a car with their labels. */
const FIELDS: readonly (readonly [field: keyof TrialAnswer['rows'][number], words: string])[] = [
  ['title', 'Title'],
  ['year', 'Year'],
  ['make', 'Make'],
  ['model', 'Model'],
  ['trim', 'Trim'],
  ['price', 'Price'],
  ['mileage', 'Mileage'],
  ['vin', 'VIN'],
  ['stockNumber', 'Stock number'],
  ['exteriorColor', 'Color'],
  ['transmission', 'Transmission'],
  ['fuelType', 'Fuel'],
  ['bodyStyle', 'Body'],
  ['url', 'Page'],
  ['imageUrl', 'Photo'],
]

/**
 * The report of a test scrape: warnings first, then all cars, with the page source of each field.
 */
export function TrialReport({ trial }: { trial: TrialAnswer }) {
  const { warnings, rows, dropped } = trial
  return (
    <>
      {warnings.length > 0 && (
        <ul aria-label="Warnings" className="watch__warnings">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      {rows.length > 0 && <TrialRows trial={trial} />}
      {dropped.length > 0 && (
        <details className="watch__dropped">
          <summary>Entries that could not be read, and why</summary>
          <ul>
            {dropped.map(({ what, why }, index) => (
              <li key={index}>
                <code>{what.slice(0, 200)}</code> {why}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function TrialRows({ trial: { rows, sources } }: { trial: TrialAnswer }) {
  const getSource = (field: string) => sources[field === 'price' ? 'priceCents' : field]
  const shown = FIELDS.filter(
    ([field]) => getSource(field) !== undefined || rows.some((row) => row[field] !== null),
  )
  return (
    <div aria-label="Cars found" className="watch__rows" role="region" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {shown.map(([field, words]) => (
              <th key={field} scope="col">
                {words}
                <code>{getSource(field) ?? 'no source'}</code>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {shown.map(([field]) => (
                <td key={field}>
                  <TrialValue field={field} value={row[field] ?? null} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function TrialValue({ field, value }: { field: string; value: string | number | null }) {
  const formatPrice = useMoneyFormat()
  if (value === null) return <span className="watch__missing">missing</span>
  if (typeof value === 'number')
    return field === 'price'
      ? formatPrice(value)
      : field === 'mileage'
        ? formatMiles(value)
        : field === 'year'
          ? value
          : formatInteger(value)
  const link = field === 'url' || field === 'imageUrl' ? toWebLink(value) : null
  if (!link) return value
  return (
    <a href={link} rel="noopener noreferrer" target="_blank">
      {new URL(link).pathname}
    </a>
  )
}
