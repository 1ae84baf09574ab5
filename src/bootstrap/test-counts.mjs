import { writeFileSync } from 'node:fs'

/**
 * A jest reporter: writes the closing line of a test run to the file that FORECOURT_TEST_COUNTS
 * names.
 */
export default class TestCounts {
  /** A file that could not run at all counts as one failure: its tests are not among jest's. */
  onRunComplete(
    _contexts,
    { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites },
  ) {
    const skipped = numPendingTests + numTodoTests
    const counts = [
      `${numPassedTests} passed`,
      `${numFailedTests + numRuntimeErrorTestSuites} failed`,
    ]
    if (skipped > 0) counts.push(`${skipped} skipped`)
    writeFileSync(process.env.FORECOURT_TEST_COUNTS, `${counts.join(', ')}\n`)
  }
}
