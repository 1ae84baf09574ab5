import { register } from 'node:module'
import './remember-hashes.mjs'

/*
 * Loaded by every process of jest, beside tsx: sends imports of `@jest/globals` to
 * jest-globals.mjs.
 */
register('./resolve-globals.mjs', import.meta.url)
