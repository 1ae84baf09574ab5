/**
 * Whether an operation's arguments were said by somebody outside: over REST or GraphQL, or through
 * the panel, which asks with the rights of who is signed in. Code of ours that overrides access is
 * not, nor is Payload when it looks up what a row refers to.
 */
export function isExternalCall(args: object): boolean {
  const { overrideAccess, currentDepth } = args as {
    overrideAccess?: boolean
    currentDepth?: number
  }
  return overrideAccess !== true && currentDepth === undefined
}
