const path = require('node:path')
const { default: TestSequencer } = require('@jest/test-sequencer')
const SECONDS = require('./slow-specs.json')

/**
 * Starts the spec files that take longest first, so that no worker is left alone with one at the
 * end. Their seconds are listed in slow-specs.json: a fresh clone has measured nothing yet.
 */
module.exports = class LongestFirst extends TestSequencer {
  async sort(tests) {
    const sorted = await super.sort(tests)
    return sorted.toSorted((one, other) => seconds(other) - seconds(one))
  }
}

const seconds = ({ path: file, context }) =>
  SECONDS[path.relative(context.config.rootDir, file).replaceAll('\\', '/')] ?? 0
