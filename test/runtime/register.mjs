import { register } from 'node:module'

/*
 * Loaded by every process of jest, beside tsx: sends imports of `@jest/globals` to
 * jest-globals.mjs.
 */
register('./resolve-globals.mjs', import.meta.url)
