import type { Plugin } from 'payload'
import { withTasks } from '../../jobs/index.ts'
import { withEndpoints } from '../api/with-endpoints.ts'
import { withTables } from '../database/with-tables.ts'
import type { Settings } from '../env.ts'
import { listCarPhotos, listCarsPhotos } from './endpoints/car-photos.ts'
import { listPhotoProblems } from './endpoints/photo-problems.ts'
import { downloadPhotos } from './endpoints/photos-zip.ts'
import { serveBanner, serveSize } from './endpoints/served-files.ts'
import { photoTables } from './tables.ts'
import { checkPhotos } from './tasks/check-photos.ts'
import { makeBanner } from './tasks/make-banner.ts'
import { makePhotoSizes } from './tasks/make-photo-sizes.ts'
import { sweepPhotos } from './tasks/sweep-photos.ts'

/**
 * The photos of the lot for public sites and channels: their sizes, and the banner of each car.
 */
export const photosPlugin =
  (settings: Settings): Plugin =>
  (config) =>
    withTasks(
      withEndpoints(withTables(config, photoTables), [], {
        media: [serveSize],
        inventory: [listCarsPhotos, listPhotoProblems, serveBanner, listCarPhotos, downloadPhotos],
      }),
      [makePhotoSizes(), makeBanner(), sweepPhotos(settings), checkPhotos(settings)],
    )
