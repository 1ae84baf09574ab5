const { flushCompileCache } = require('node:module')
const { TestEnvironment } = require('jest-environment-node')

/** The classes that matchers compare with, as `expect.any(String)` does. */
const BUILT_INS = [
  'Array',
  'ArrayBuffer',
  'BigInt',
  'Boolean',
  'Date',
  'Error',
  'Function',
  'Map',
  'Number',
  'Object',
  'Promise',
  'RegExp',
  'Set',
  'String',
  'Symbol',
]

/**
 * Makes jest's matchers and fake timers work on the globals of Node, where specs run
 * (native-runtime.cjs), and restores the environment variables after each spec.
 */
module.exports = class NativeEnvironment extends TestEnvironment {
  #variables = { ...process.env }

  constructor(config, context) {
    super(config, context)
    for (const name of BUILT_INS) this.global[name] = globalThis[name]
    const { constructor: FakeTimers } = this.fakeTimersModern
    this.fakeTimersModern = new FakeTimers({ config: config.projectConfig, global: globalThis })
  }

  async teardown() {
    for (const name of Object.keys(process.env))
      if (!(name in this.#variables)) delete process.env[name]
    Object.assign(process.env, this.#variables)
    flushCompileCache() // jest gives a worker half a second to exit, which is too short for this
    await super.teardown()
  }
}
