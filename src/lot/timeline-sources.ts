import type { Config, PayloadRequest } from 'payload'
import { provideServices, readServices } from '../services.ts'
import type { TimelineEvent } from './domain/timeline.ts'

/** The car of a timeline. Its VIN is empty if it has none yet. */
export type TimelineCar = {
  id: string
  vin: string
  year: number
  make: string
  model: string
}

/**
 * Finds events of a car that another room knows. Returns a text about what is missing if it cannot
 * find out.
 */
export type TimelineSource = (
  req: PayloadRequest,
  car: TimelineCar,
) => Promise<TimelineEvent[] | { unavailable: string }>

declare module '../services.ts' {
  interface Services {
    /** What other rooms add to the timeline of a car. */
    timelineSources: readonly TimelineSource[]
  }
}

/** Adds a source of the timelines of cars. A plugin that is removed takes its events with it. */
export const withTimelineSource = (config: Config, source: TimelineSource): Config =>
  provideServices(config, {
    timelineSources: [...(readServices(config).timelineSources ?? []), source],
  })
