/** ESM jest over swc. The suite runs on a real PostgreSQL: every spec file has a database of its own, cloned from a migrated template. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      { module: { type: 'es6' }, jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: true } } },
    ],
  },
  testMatch: ['<rootDir>/test/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/.next/'],
  modulePathIgnorePatterns: ['<rootDir>/src/admin/.next', '<rootDir>/.data'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  /* No test is about how long it takes: this ends those that hang, on a machine as busy as can be. */
  testTimeout: 300_000,
  maxWorkers: 2,
  /* Node keeps the modules of every spec that ran; a worker that holds too many of them spends its time looking for garbage. */
  workerIdleMemoryLimit: '1200MB',
}
