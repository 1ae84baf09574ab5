const { registerHooks } = require('node:module')
const path = require('node:path')
const { pathToFileURL } = require('node:url')
const { default: Runtime } = require('jest-runtime')
require('./remember-hashes.mjs')

const GLOBALS = pathToFileURL(path.join(__dirname, 'jest-globals.mjs')).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: GLOBALS, shortCircuit: true } : next(specifier, context),
})

/**
 * Runs a spec with Node's own module loader instead of jest's: jest evaluates every module again
 * for each spec file, which took longer than the specs. Modules are evaluated once for each worker,
 * as in the product. jest-globals.mjs gives each spec the functions of its own run.
 */
module.exports = class NativeRuntime extends Runtime {
  static #runs = new Map()

  /** Specs are imported, never required. */
  unstable_shouldLoadAsEsm() {
    return true
  }

  async unstable_importModule(file) {
    globalThis[Symbol.for('forecourt.jest')] = this.requireModuleOrMock(file, '@jest/globals')
    // jest's reads source maps of its own modules only
    Error.prepareStackTrace = undefined
    return import(`${pathToFileURL(file).href}?run=${NativeRuntime.#countRun(file)}`)
  }

  /**
   * How many times this process has run a spec: `--watch` runs one again after a change, but Node
   * evaluates the module at an address only once.
   */
  static #countRun(file) {
    const run = (NativeRuntime.#runs.get(file) ?? 0) + 1
    NativeRuntime.#runs.set(file, run)
    return run
  }
}
