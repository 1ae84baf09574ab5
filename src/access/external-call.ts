/**
 * Whether an operation's arguments come from outside: from REST or GraphQL, or from the panel,
 * which acts with the rights of the signed-in user. Our own code that overrides access is not
 * external, and neither is Payload when it looks up references.
 */
export function isExternalCall(args: object): boolean {
  const { overrideAccess, currentDepth } = args as {
    overrideAccess?: boolean
    currentDepth?: number
  }
  return overrideAccess !== true && currentDepth === undefined
}
