import { capitalizeText } from '../../../src/admin/ui/format.ts'
import { formatMiles } from '../../../src/admin/ui/format-figures.ts'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import {
  FIELD_NAMES,
  getNoun,
  LISTING_FIELDS,
  type ListingField,
} from '../domain/listing-fields.ts'
import type { TestScrapeAnswer } from './api-types.ts'
import { toWebLink } from './format.ts'

type Row = TestScrapeAnswer['rows'][number]

/** The fields that the report starts with; links are at its end. */
const FIRST_FIELDS: readonly ListingField[] = [
  'title',
  'year',
  'make',
  'model',
  'trim',
  'priceCents',
  'mileage',
]

type ReportedField = Exclude<ListingField, 'externalId'>
const isReported = (field: ListingField): field is ReportedField => field !== 'externalId'
const isLink = (field: ListingField) => LISTING_FIELDS[field].type === 'url'

const REPORTED_FIELDS = [
  ...FIRST_FIELDS,
  ...FIELD_NAMES.filter((field) => !FIRST_FIELDS.includes(field) && !isLink(field)),
  ...FIELD_NAMES.filter(isLink),
].filter(isReported)

const getValue = (row: Row, field: ReportedField) =>
  field === 'priceCents' ? row.price : row[field]

/**
 * The report of a test scrape: warnings first, then all cars, with the page source of each field.
 */
export function TestScrapeReport({ testScrape }: { testScrape: TestScrapeAnswer }) {
  const { warnings, rows, dropped } = testScrape
  return (
    <>
      {warnings.length > 0 && (
        <ul aria-label="Warnings" className="watch__warnings">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      {rows.length > 0 && <TestScrapeRows testScrape={testScrape} />}
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

function TestScrapeRows({ testScrape: { rows, sources } }: { testScrape: TestScrapeAnswer }) {
  const shown = REPORTED_FIELDS.filter(
    (field) => sources[field] !== undefined || rows.some((row) => getValue(row, field) !== null),
  )
  return (
    <div aria-label="Cars found" className="watch__rows" role="region" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {shown.map((field) => (
              <th key={field} scope="col">
                {capitalizeText(getNoun(field))}
                <code>{sources[field] ?? 'no source'}</code>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {shown.map((field) => (
                <td key={field}>
                  <ReportedValue field={field} value={getValue(row, field)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ReportedValue({ field, value }: { field: ReportedField; value: string | number | null }) {
  const formatPrice = useMoneyFormat()
  if (value === null) return <span className="watch__missing">missing</span>
  const { type } = LISTING_FIELDS[field]
  if (typeof value === 'number')
    return type === 'cents' ? formatPrice(value) : type === 'miles' ? formatMiles(value) : value
  const link = type === 'url' ? toWebLink(value) : null
  if (!link) return value
  return (
    <a href={link} rel="noopener noreferrer" target="_blank">
      {new URL(link).pathname}
    </a>
  )
}
