/**
 * Every command, in one place. `entry` is the TypeScript file it runs, `args` come before the caller's own, `env` holds where
 * the caller's environment is silent; `admin` means the built admin must be there first. `dev` restarts when a source changes.
 * The commands without an entry are the bootstrap's own (tasks.mjs).
 */
export const commands = {
  start: { does: 'run Forecourt', entry: 'src/server/main.ts', env: { NODE_ENV: 'production' }, admin: true },
  dev: {
    does: 'run it for development, restarting when a source changes',
    entry: 'src/server/main.ts',
    args: ['--dev'],
    env: { NODE_ENV: 'development' },
    watch: true,
  },
  worker: {
    does: 'work on jobs beside the servers, on every lane or on those named',
    entry: 'src/server/worker.ts',
    env: { NODE_ENV: 'production' },
  },
  migrate: { does: 'bring the database to the newest schema', entry: 'src/commands/migrate.ts' },
  'migrate:all': { does: 'the same, by the name the schema document gives it', entry: 'src/commands/migrate.ts' },
  admin: { does: 'create or repair an administrator', entry: 'src/commands/admin.ts' },
  audit: { does: 'compare the audit log with its seals', entry: 'src/commands/audit.ts' },
  import: { does: 'bring in records from files', entry: 'src/commands/import.ts' },
  'demo:reset': { does: 'start the demonstration data afresh', entry: 'src/commands/demo-reset.ts' },
  generate: { does: 'write what is generated: types, GraphQL schema, import map', entry: 'src/commands/generate.ts' },
  bench: { does: 'measure the speed targets', entry: 'test/bench/run.ts', admin: true },
  drill: { does: 'rehearse the failures', entry: 'test/drills/run.ts', admin: true },
  build: { does: 'install and build the admin, and run nothing', admin: true },
  test: { does: 'run the whole test suite, or the files named', admin: true },
  check: { does: 'hold the sources to the gate, then run the tests (--no-tests: the gate only; names: only those steps)' },
}

/** What stands between a change and its landing, in this order; each is a bin of node_modules with its arguments. */
export const gate = [
  { name: 'prettier', bin: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level=warn', '.'] },
  { name: 'tsc', bin: 'typescript/bin/tsc', args: ['--noEmit', '-p', '.'] },
  { name: 'eslint', bin: 'eslint/bin/eslint.js', args: ['--max-warnings=0', '.'] },
  { name: 'depcruise', bin: 'dependency-cruiser/bin/dependency-cruise.mjs', args: ['--config', '.dependency-cruiser.cjs', '.'] },
  { name: 'knip', bin: 'knip/bin/knip.js', args: ['--no-progress'] },
]
