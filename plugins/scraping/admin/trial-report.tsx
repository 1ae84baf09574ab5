import { formatDollars, formatMiles, formatInteger } from '../../../src/admin/lot/format-figures.ts'
import type { TrialAnswer } from './api-types.ts'
import { toWebLink } from './format.ts'

/**
 * The fields of a car as they are shown, and by which name the pages' sources know those that
 * differ.
 */
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
  ['exteriorColor', 'Colour'],
  ['transmission', 'Transmission'],
  ['fuelType', 'Fuel'],
  ['bodyStyle', 'Body'],
  ['url', 'Page'],
  ['imageUrl', 'Photo'],
]

/**
 * What a test scrape read: what to look at first, then every car, under each field what on the page
 * it came from.
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
          <summary>What could not be read, and why</summary>
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
    <div aria-label="The cars that were read" className="watch__rows" role="region" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {shown.map(([field, words]) => (
              <th key={field} scope="col">
                {words}
                <code>{getSource(field) ?? 'nothing gave it'}</code>
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
  if (value === null) return <span className="watch__missing">missing</span>
  if (typeof value === 'number')
    return field === 'price'
      ? formatDollars(value)
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
