/**
 * What `@jest/globals` exports, for the spec that is running: modules that several specs import are
 * evaluated once.
 */
const exported = (name) =>
  new Proxy(() => undefined, {
    apply: (_target, self, args) => Reflect.apply(current(name), self, args),
    get: (_target, property) => Reflect.get(current(name), property),
  })
const current = (name) => globalThis[Symbol.for('forecourt.jest')][name]

export const afterAll = exported('afterAll')
export const afterEach = exported('afterEach')
export const beforeAll = exported('beforeAll')
export const beforeEach = exported('beforeEach')
export const describe = exported('describe')
export const expect = exported('expect')
export const it = exported('it')
export const jest = exported('jest')
