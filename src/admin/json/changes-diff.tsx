'use client'
import type { JSONFieldClientComponent } from 'payload'
import { toWords } from 'payload/shared'
import type { FieldChange } from '../../domain/audit-change.ts'
import { JsonTree } from './json-tree.tsx'
import { ReadOnlyJson } from './read-only-json.tsx'
import { isRecord } from '../ui/record.ts'

/**
 * The changes of an audit entry, field by field, before and after. Other data of the entry is
 * below; JSON of any other shape is shown as JSON.
 */
export const ChangesDiff: JSONFieldClientComponent = (props) => (
  <ReadOnlyJson {...props}>
    {(value) => {
      const { fields, ...rest } = isRecord(value) ? value : {}
      if (!isDiff(fields)) return <JsonTree value={value} />
      return (
        <>
          <Diff fields={fields} />
          {Object.keys(rest).length > 0 && <JsonTree value={rest} />}
        </>
      )
    }}
  </ReadOnlyJson>
)

/** The old and new values of a field. Either may be missing. */
type Fields = Record<string, Partial<FieldChange>>

function isDiff(fields: unknown): fields is Fields {
  if (!isRecord(fields)) return false
  const changes = Object.values(fields)
  return (
    changes.length > 0 &&
    changes.every((change) => isRecord(change) && ('from' in change || 'to' in change))
  )
}

function Diff({ fields }: { fields: Fields }) {
  return (
    <div className="json-table">
      <table className="changes-diff">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(fields).map(([name, { from, to }]) => (
            <tr key={name}>
              <th scope="row">{toWords(name)}</th>
              <td className="changes-diff__before">
                <JsonTree level={1} value={from} />
              </td>
              <td className="changes-diff__after">
                <JsonTree level={1} value={to} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
