import type { CollectionBeforeOperationHook } from 'payload'

/**
 * Joins cost a query each, so an answer of the API holds them only where `joins` asks for them. The
 * panel's always do.
 */
export const omitUnrequestedJoins: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  const { joins } = args as { joins?: unknown }
  return operation === 'read' && req.payloadAPI === 'REST' && !joins
    ? { ...args, joins: false }
    : args
}
