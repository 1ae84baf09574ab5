/**
 * The suite runs on a real PostgreSQL: every spec file has a database of its own, cloned from a
 * migrated template.
 */
export default {
  runtime: '<rootDir>/test/runtime/native-runtime.cjs',
  testEnvironment: '<rootDir>/test/runtime/environment.cjs',
  testSequencer: '<rootDir>/test/runtime/longest-first.cjs',
  transform: {}, // Node reads TypeScript itself
  testMatch: ['<rootDir>/test/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/.next/'],
  modulePathIgnorePatterns: ['<rootDir>/src/admin/.next', '<rootDir>/.data'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  /*
   * No test is about how long it takes: this ends those that hang, on a machine as busy as can be.
   */
  testTimeout: 300_000,
  maxWorkers: 2,
  /* A worker keeps the modules of every spec it ran: one that holds too much is replaced. */
  workerIdleMemoryLimit: '1200MB',
}
