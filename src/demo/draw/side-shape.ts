import type { Finish } from './finish.ts'
import type { Point } from './svg.ts'
import type { WheelStyle } from './wheels.ts'

/** A body seen from its left, nose to the left, in canvas pixels; every string is an SVG path. */
export type SideShape = {
  /** All that is painted, closed. */
  body: string
  /** The side windows. */
  glass: string
  /** The windscreen's and the rear window's edges, as far as they show from the side. */
  screens: string
  /** Dark posts over the windows. */
  posts: string
  /** Wheel centres, and the tyre's radius. */
  axles: readonly [front: number, rear: number]
  radius: number
  /** Heights: top of the roof, shoulder, lower edge of the doors. */
  roof: number
  belt: number
  sill: number
  /** Shut lines of doors, bonnet, bumpers, filler. */
  seams: readonly string[]
  handles: readonly Point[]
  /** The line that catches the light along the shoulder, and the one low on the doors. */
  crease: string
  swage: string
  headlight: string
  taillight: string
  mirror: Point
  /** Where the front and rear backrests show through the windows (their front edge, in pixels). */
  seats: readonly number[]
  /** Unpainted plastic along the bottom. */
  cladding: string
  /** Wheels that suit the body; the car's name picks one. */
  wheels: readonly WheelStyle[]
  /**
   * How much wider than the tyre its arch is, in pixels, and whether the arch has a plastic lip.
   */
  arch: { gap: number; lip: 'paint' | 'plastic' | 'none' }
  /** Mirror and handles in bright metal. */
  chrome?: true
  /** A second colour on the paint, under the shut lines and cut out by the arches. */
  stripe?: () => string
  /** What only this body has: behind the paint, and in front of it. */
  behind?: (finish: Finish) => string
  inFront?: (finish: Finish) => string
}
