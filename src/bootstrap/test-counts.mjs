import { writeFileSync } from 'node:fs'

/**
 * A jest reporter that writes the summary line of a test run to the file in FORECOURT_TEST_COUNTS.
 */
export default class TestCounts {
  /** A file that could not run counts as one failure, because jest does not count its tests. */
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
