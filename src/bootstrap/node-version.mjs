/**
 * Explains why this Node (`20.19.4`) cannot run Forecourt, with the way out; undefined if it can.
 * The `engines` of package.json has the same requirement.
 */
export function describeNodeProblem(version) {
  const [major, minor] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 20)) return undefined
  return (
    `Forecourt needs Node 20.20 or newer; this is Node ${version}. Install a newer one (\`nvm ` +
    `install\` reads .nvmrc) and run the command again.`
  )
}
