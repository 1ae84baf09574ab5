import type { CollectionBeforeOperationHook } from 'payload'

/**
 * Each join costs a query, so the API includes joins only if `joins` requests them. The panel
 * always gets them.
 */
export const omitUnrequestedJoins: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  const { joins } = args as { joins?: unknown }
  return operation === 'read' && req.payloadAPI === 'REST' && !joins
    ? { ...args, joins: false }
    : args
}
