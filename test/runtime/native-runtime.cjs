const { pathToFileURL } = require('node:url')
const { default: Runtime } = require('jest-runtime')

/**
 * Runs a spec with Node's own module loader instead of jest's: jest evaluates every module again
 * for each spec file, which took longer than the specs. Modules are evaluated once for each worker,
 * as in the product, and TypeScript is read by tsx. jest-globals.mjs gives each spec the functions
 * of its own run.
 */
module.exports = class NativeRuntime extends Runtime {
  /** Specs are imported, never required. */
  unstable_shouldLoadAsEsm() {
    return true
  }

  async unstable_importModule(file) {
    globalThis[Symbol.for('forecourt.jest')] = this.requireModuleOrMock(file, '@jest/globals')
    // jest's reads source maps of its own modules only; Node reads those of tsx
    Error.prepareStackTrace = undefined
    return import(`${pathToFileURL(file).href}?run=${process.hrtime.bigint()}`)
  }
}
