import { ensureBuilt, PROGRAM_SOURCES } from './build.mjs'

/** Folders and files that the server's programs do not import. */
const ASIDE =
  /^src\/(admin|commands|lint|decisions|generated|server\/\.build)$|^plugins\/[^/]+\/admin$/

/** The folder of the built programs, from the root. */
export const SERVER_BUILD = 'src/server/.build'

/**
 * Builds the programs that serve and work on jobs (src/server → src/server/.build). Throws
 * StepFailed or StepStopped.
 */
export function ensureServerBuilt(root) {
  return ensureBuilt(root, {
    name: 'server-build',
    product: 'the server',
    doing: 'Building the server (esbuild)',
    wayOut:
      'The build failed in the source files named above. `npm run check -- tsc` finds most ' +
      'causes; `npm run dev` runs without a build.',
    sources: PROGRAM_SOURCES,
    isAside: (place) => ASIDE.test(place),
    output: SERVER_BUILD,
    args: ['src/bootstrap/bundle-server.mjs'],
    env: process.env,
  })
}
