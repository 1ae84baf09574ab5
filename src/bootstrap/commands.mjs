import { SERVER_BUILD } from './server-build.mjs'

/**
 * All commands. `entry` is the file to run, a source in TypeScript or a built program, `args`
 * precede the caller's arguments, and `env` provides defaults for variables that the caller does
 * not set. `builds` names what must be built first. `dev` restarts when a source changes. Commands
 * without an entry are part of the bootstrap (tasks.mjs).
 */
export const commands = {
  start: {
    description: 'run Forecourt',
    entry: `${SERVER_BUILD}/main.js`,
    env: { NODE_ENV: 'production' },
    builds: ['server', 'admin'],
  },
  dev: {
    description: 'run in development mode and restart when a source file changes',
    entry: 'src/server/main.ts',
    args: ['--dev'],
    env: { NODE_ENV: 'development' },
    watch: true,
  },
  worker: {
    description: 'run jobs in a separate process, for all queues or only those named',
    entry: `${SERVER_BUILD}/worker.js`,
    env: { NODE_ENV: 'production' },
    builds: ['server'],
  },
  migrate: {
    description: 'apply pending database migrations',
    entry: 'src/commands/migrate.ts',
  },
  'migrate:all': {
    description: 'alias for migrate, the name used in the schema document',
    entry: 'src/commands/migrate.ts',
  },
  admin: {
    description: 'create an admin, reset a password, or invite a user again',
    entry: 'src/commands/admin.ts',
  },
  audit: { description: 'verify the audit log against its seals', entry: 'src/commands/audit.ts' },
  'verify-history': {
    description: 'verify the shared history of a car, saved as a file',
    entry: 'src/commands/verify-history.ts',
  },
  import: { description: 'import cars or a catalog from files', entry: 'src/commands/import.ts' },
  storage: {
    description: 'move photos and files between the disk and S3',
    entry: 'src/commands/storage.ts',
  },
  'demo:reset': {
    description: 'remove the demo cars, photos, competitors, catalog and owners',
    entry: 'src/commands/demo-reset.ts',
  },
  generate: {
    description: 'generate files: types, GraphQL schema, import map',
    entry: 'src/commands/generate.ts',
  },
  bench: {
    description: 'measure speed and compare it with the targets',
    entry: 'test/bench/run.ts',
    builds: ['server', 'admin'],
  },
  drill: {
    description: 'inject a real fault and verify that nothing is lost',
    entry: 'test/drills/run.ts',
    builds: ['server', 'admin'],
  },
  build: {
    description: 'install the dependencies, then build the server and the panel',
    builds: ['server', 'admin'],
  },
  test: { description: 'run all tests, or only the files named', builds: ['server', 'admin'] },
  check: {
    description:
      'check format, types and lint, then run the tests (--no-tests: checks only; STEP …: ' +
      'only those checks)',
  },
}

/** The checks of `npm run check` in order: the script that each one runs, and its arguments. */
export const gate = [
  {
    name: 'prettier',
    script: 'node_modules/prettier/bin/prettier.cjs',
    args: ['--check', '--log-level=warn', '.'],
  },
  { name: 'tsc', script: 'node_modules/typescript/bin/tsc', args: ['--noEmit', '-p', '.'] },
  { name: 'eslint', script: 'node_modules/eslint/bin/eslint.js', args: ['--max-warnings=0', '.'] },
  {
    name: 'depcruise',
    script: 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
    args: ['--config', '.dependency-cruiser.cjs', '.'],
  },
  { name: 'knip', script: 'node_modules/knip/bin/knip.js', args: ['--no-progress'] },
  { name: 'figures', script: 'src/lint/print-code-figures.mjs', args: [] },
]
