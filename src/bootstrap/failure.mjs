/**
 * Describes an unexpected failure of the bootstrap, such as a folder that cannot be written or a
 * file that was deleted. Plain JavaScript without dependencies, like every file here.
 */
export function describeUnexpected(error, command) {
  const { code, path, message = String(error) } = error ?? {}
  const reason = message.split('\n')[0].replace(/[.\s]+$/, '')
  const wayOut =
    HELP[code] ?? 'Run npm ci to repair the dependencies, and git status to see what has changed'
  return (
    `npm run ${command} could not start: ` +
    `${reason}${path && !reason.includes(path) ? ` (${path})` : ''}. ${wayOut}.`
  )
}

const HELP = {
  EACCES: 'Make it accessible to this user',
  EPERM: 'Make it accessible to this user',
  EROFS: 'Move the checkout to a writable file system',
  ENOSPC: 'Free up space on the disk',
  EDQUOT: 'Free up space: this user has reached the disk quota',
  EEXIST: 'Move whatever has that name out of the way',
  ENOTDIR: 'Move the file with that name out of the way',
}
