import type { Plugin, UIField } from 'payload'
import { withTasks } from '../../jobs/index.ts'
import { withEndpoints } from '../api/with-endpoints.ts'
import { withTables } from '../database/with-tables.ts'
import type { Settings } from '../env.ts'
import { createGooglePlaces } from './adapters/google-places/index.ts'
import { createNearbyEndpoint } from './endpoints/nearby.ts'
import { createPhotoEndpoint } from './endpoints/photo.ts'
import { listStationReports, removeStationReport, reportStation } from './endpoints/reports.ts'
import { createStationFinder } from './find-nearby.ts'
import { createPhotoLoader } from './photos.ts'
import { createPlacesService } from './places-service.ts'
import { stationTables } from './tables.ts'
import { refreshStations } from './tasks/refresh-stations.ts'

/** The verdict and its reports, on the screen of a station. */
const REPORTS: UIField = {
  type: 'ui',
  name: 'reports',
  admin: {
    disableListColumn: true,
    components: { Field: '/src/admin/stations/station-reports.tsx#StationReports' },
  },
}

/**
 * Gas stations: the endpoints under /api/stations and /api/community-stations, the nightly task,
 * and Google Places if a key is configured.
 */
export const stationsPlugin =
  (settings: Settings): Plugin =>
  (config) => {
    const { PLACES_URL: url, PLACES_API_KEY: key } = settings
    const places = key ? createPlacesService(createGooglePlaces({ url, key })) : null
    const extended = withEndpoints(config, [], {
      stations: [
        createNearbyEndpoint(createStationFinder(places)),
        createPhotoEndpoint(createPhotoLoader(places)),
        listStationReports,
        reportStation,
      ],
      'community-stations': [removeStationReport],
    })
    return {
      ...withTables(withTasks(extended, [refreshStations(settings, places)]), stationTables),
      collections: (extended.collections ?? []).map((collection) =>
        collection.slug === 'stations'
          ? { ...collection, fields: [...collection.fields, REPORTS] }
          : collection,
      ),
    }
  }
