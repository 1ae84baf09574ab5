import { createRequire } from 'node:module'
import type { Config } from 'payload'
import type Sharp from 'sharp'

/** The image library, which is loaded with the first picture. */
export const lazySharp: NonNullable<Config['sharp']> = (input, options) =>
  loadSharp()(input, options)

/**
 * Loads the image library without its cache, which keeps the last files open (so a removed
 * temporary file still occupies the disk) and their pixels in memory.
 */
export function loadSharp(): typeof Sharp {
  const sharp: typeof Sharp = createRequire(import.meta.url)('sharp')
  sharp.cache(false)
  return sharp
}
