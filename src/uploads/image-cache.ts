import type Sharp from 'sharp'

/**
 * The image library without its cache, which keeps the last files open (so a removed temporary file
 * still occupies the disk) and their pixels in memory.
 */
export function disableCache(sharp: typeof Sharp): typeof Sharp {
  sharp.cache(false)
  return sharp
}
