/** The major version of Node that Forecourt runs on; the bootstrap itself also runs on Node 20. */
export const NODE_MAJOR = 24

/**
 * Explains why this Node (`20.19.4`) cannot run the bootstrap, with the way out; undefined if it
 * can. The `engines` of package.json has the same requirement.
 */
export function describeNodeProblem(version) {
  const [major, minor] = parseVersion(version)
  if (major > 20 || (major === 20 && minor >= 20)) return undefined
  return (
    `Forecourt needs Node 20.20 or newer; this is Node ${version}. Install a newer one (\`nvm ` +
    `install\` reads .nvmrc) and run the command again.`
  )
}

/** Whether this Node can run Forecourt itself. */
export function canRunForecourt(version) {
  return parseVersion(version)[0] >= NODE_MAJOR
}

function parseVersion(version) {
  return version.split('.').map(Number)
}
