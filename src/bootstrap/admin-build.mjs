import { ensureBuilt, PROGRAM_SOURCES } from './build.mjs'

/**
 * Files in these folders that are not part of the build: dependency-cruiser prevents
 * payload.config.ts from importing the ones in the first line.
 */
const ASIDE = [
  'src/server',
  'src/commands',
  'src/bootstrap',
  'src/bootstrap.mjs',
  'src/lint',
  'src/decisions',
  'src/generated',
  'src/admin/.next',
  'src/admin/next-env.d.ts',
]

/**
 * Builds the admin panel (src/admin → src/admin/.next) from the configuration with everything that
 * it imports, and the screens. Throws StepFailed or StepStopped.
 */
export function ensureAdminBuilt(root) {
  return ensureBuilt(root, {
    name: 'admin-build',
    product: 'the admin panel',
    doing: 'Building the admin panel (next build)',
    wayOut:
      'The build failed in the source files named above. `npm run check -- tsc` finds most ' +
      'causes faster; `npm run dev` runs without a build.',
    sources: [...PROGRAM_SOURCES, 'tsconfig.json'],
    isAside: (place) => ASIDE.includes(place),
    output: 'src/admin/.next',
    args: ['node_modules/next/dist/bin/next', 'build', 'src/admin'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      TZ: 'UTC',
      NEXT_TELEMETRY_DISABLED: '1',
      NO_COLOR: '1',
    },
  })
}
