import type { Field } from 'payload'
import { half, row } from './layout.ts'
import { textarea, text } from './text.ts'

/**
 * The changes in an audit entry, shown field by field, before and after. See
 * src/domain/audit-change.ts for the shape.
 */
export const diffAdmin = {
  components: { Field: '/src/admin/json/changes-diff.tsx#ChangesDiff' },
} as const

/**
 * The origin of the request behind an audit entry: the IP address, the request id, and the user
 * agent.
 */
export function originFields(): Field[] {
  return [
    row(
      text('ipAddress', 64, { label: 'IP address', readOnly: true, ...half }),
      text('requestId', 64, {
        label: 'Request',
        readOnly: true,
        ...half,
        description: 'Matches the x-request-id header of the response and the server log.',
      }),
    ),
    textarea('userAgent', { label: 'User agent', readOnly: true }),
  ]
}

/** The actor, shown by name wherever the panel shows the entry; the column stores the id. */
export const actorAdmin = {
  components: {
    Field: '/src/admin/cells/actor.tsx#ActorField',
    Cell: '/src/admin/cells/actor.tsx#ActorCell',
  },
} as const
