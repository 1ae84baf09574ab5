import {
  createSingleFlight as createFlight,
  type SingleFlight,
  SingleFlightTimeout,
  type SingleFlightOptions,
} from '../../../src/egress/single-flight.ts'
import { SourceError } from '../domain/source.ts'

/** Creates a single flight for requests to a source: its timeout is a SourceError. */
export function createSingleFlight(options: SingleFlightOptions = {}): SingleFlight {
  const fly = createFlight(options)
  return (pool, name, flight) =>
    fly(pool, name, flight).catch((error: unknown) => {
      if (!(error instanceof SingleFlightTimeout)) throw error
      throw new SourceError('unavailable', error.message, { cause: error })
    })
}
