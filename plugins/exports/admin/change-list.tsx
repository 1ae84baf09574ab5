'use client'
import { Link, useConfig } from '@payloadcms/ui'
import type { JSONFieldClientComponent } from 'payload'
import { z } from 'zod'
import { ReadOnlyJson } from '../../../src/admin/json/read-only-json.tsx'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import './feed-delivery.css'

const KINDS = { added: 'Added', removed: 'Removed', repriced: 'Another price' } as const
const CENTS = z.number().nullable()
const CHANGE = z.object({
  kind: z.enum(Object.keys(KINDS) as [keyof typeof KINDS]),
  carId: z.string(),
  vin: z.string(),
  before: CENTS,
  after: CENTS,
})

/** The cars that differ between a delivery and the one before it, with their prices. */
export const ChangeList: JSONFieldClientComponent = (props) => (
  <ReadOnlyJson {...props}>{(value) => <ChangeTable value={value} />}</ReadOnlyJson>
)

function ChangeTable({ value }: { value: unknown }) {
  const changes = z.array(CHANGE).safeParse(value)
  if (!changes.success || changes.data.length === 0) return <>None</>
  return (
    <table className="feed-delivery__table">
      <thead>
        <tr>
          <th>Car</th>
          <th>Change</th>
          <th>Price before</th>
          <th>Price now</th>
        </tr>
      </thead>
      <tbody>
        {changes.data.map((change) => (
          <ChangeRow change={change} key={`${change.carId} ${change.kind}`} />
        ))}
      </tbody>
    </table>
  )
}

function ChangeRow({ change }: { change: z.infer<typeof CHANGE> }) {
  const { admin } = useConfig().config.routes
  const formatMoney = useMoneyFormat()
  const formatPrice = (cents: number | null) => (cents === null ? '–' : formatMoney(cents / 100))
  const { kind, carId, vin, before, after } = change
  return (
    <tr>
      <td data-label="Car">
        <Link href={`${admin}/collections/inventory/${carId}`} prefetch={false}>
          {vin}
        </Link>
      </td>
      <td data-label="Change">{KINDS[kind]}</td>
      <td data-label="Before">{formatPrice(before)}</td>
      <td data-label="Now">{formatPrice(after)}</td>
    </tr>
  )
}
