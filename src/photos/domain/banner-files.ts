/** The folder of the storage that has the banners. */
export const BANNERS_FOLDER = 'banners/'

/** The path of the banners, below the public origin. */
const BANNERS_PATH = '/api/inventory/banners/'

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const NAME = new RegExp(`^(${UUID})-[0-9a-f]{12}\\.jpg$`)

/**
 * The key of a banner in the storage: another one for each drawing, so that channels, which keep
 * pictures by their address, load it again. `hash` is a hash of the drawing.
 */
export const buildBannerKey = (car: string, hash: string): string =>
  `${BANNERS_FOLDER}${car}-${hash.slice(0, 12)}.jpg`

/** The car whose banner has this name; null for any other name. */
export const findBannerCar = (name: string): string | null => NAME.exec(name)?.[1] ?? null

/** The public URL of a banner. */
export const buildBannerUrl = (origin: string, storageKey: string): string =>
  `${origin}${BANNERS_PATH}${storageKey.slice(BANNERS_FOLDER.length)}`
