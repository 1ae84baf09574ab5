import type { Field } from 'payload'
import { half, row } from './layout.ts'
import { textarea, text } from './text.ts'

/**
 * What a line of a trail says of a change, shown field by field, before and after: see
 * src/domain/audit-change.ts for its shape.
 */
export const diffAdmin = {
  components: { Field: '/src/admin/json/changes-diff.tsx#ChangesDiff' },
} as const

/**
 * Where what a line of a trail is about was asked from: the address, the id of the request, and the
 * browser or program.
 */
export function originFields(): Field[] {
  return [
    row(
      text('ipAddress', 64, { label: 'IP address', readOnly: true, ...half }),
      text('requestId', 64, {
        label: 'Request',
        readOnly: true,
        ...half,
        description: 'As in the answer’s x-request-id and in the log.',
      }),
    ),
    textarea('userAgent', { label: 'Browser or program', readOnly: true }),
  ]
}

/**
 * Who did something, shown by name wherever the panel shows the line; the column keeps their id.
 */
export const actorAdmin = {
  components: {
    Field: '/src/admin/cells/actor.tsx#ActorField',
    Cell: '/src/admin/cells/actor.tsx#ActorCell',
  },
} as const
