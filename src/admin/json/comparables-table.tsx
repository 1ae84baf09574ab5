'use client'
import type { JSONFieldClientComponent } from 'payload'
import {
  findAddress,
  type Column,
  selectColumns,
  type Listing,
  parseListings,
} from '../ui/comparable-columns.ts'
import { useMoneyFormat } from '../ui/use-money-format.ts'
import { Folded, JsonTree } from './json-tree.tsx'
import { ReadOnlyJson } from './read-only-json.tsx'

/**
 * The comparable cars, one per row, with all stored data folded below. JSON of any other shape is
 * shown as JSON.
 */
export const ComparablesTable: JSONFieldClientComponent = (props) => (
  <ReadOnlyJson {...props}>
    {(value) => {
      const listings = parseListings(value)
      return listings ? <Listings listings={listings} /> : <JsonTree value={value} />
    }}
  </ReadOnlyJson>
)

function Listings({ listings }: { listings: Listing[] }) {
  const columns = selectColumns(listings, useMoneyFormat())
  return (
    <>
      <div className="json-table">
        <table>
          <thead>
            <tr>
              {columns.map(({ label, figure }) => (
                <th className={figure && 'json-table__figure'} key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {listings.map((car, index) => (
              <tr key={index}>
                {columns.map((column, index) => (
                  <Cell
                    address={index === 0 ? findAddress(car) : null}
                    car={car}
                    column={column}
                    key={column.label}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Folded summary="All stored data">{() => <JsonTree value={listings} />}</Folded>
    </>
  )
}

/** The cell of a car; the first column links to the listing. */
function Cell({
  address,
  car,
  column: { figure, getText },
}: {
  address: string | null
  car: Listing
  column: Column
}) {
  const text = getText(car) ?? '–'
  return (
    <td className={figure && 'json-table__figure'}>
      {address ? (
        <a href={address} rel="noopener noreferrer" target="_blank">
          {text}
        </a>
      ) : (
        text
      )}
    </td>
  )
}
