import type { Finish } from './finish.ts'
import type { Point } from './svg.ts'
import type { WheelStyle } from './wheels.ts'

/**
 * A body seen from its left, with the front to the left, in canvas pixels; every string is an SVG
 * path.
 */
export type SideShape = {
  /** The painted area, as a closed path. */
  body: string
  /** The side windows. */
  glass: string
  /** The visible edges of the windshield and the rear window. */
  screens: string
  /** The dark pillars over the windows. */
  posts: string
  /** The wheel centers, and the radius of the tire. */
  axles: readonly [front: number, rear: number]
  radius: number
  /** Heights: top of the roof, shoulder, lower edge of the doors. */
  roof: number
  belt: number
  sill: number
  /** The gaps of doors, hood, bumpers and fuel door. */
  seams: readonly string[]
  handles: readonly Point[]
  /** The line along the shoulder that catches the light, and the lower one on the doors. */
  crease: string
  swage: string
  headlight: string
  taillight: string
  mirror: Point
  /**
   * Where the front and rear backrests are visible through the windows (their front edge, in
   * pixels).
   */
  seats: readonly number[]
  /** Unpainted plastic along the bottom. */
  cladding: string
  /** The wheels that suit the body; one of them is chosen by the car's name. */
  wheels: readonly WheelStyle[]
  /**
   * How much wider than the tire its arch is, in pixels, and whether the arch has a plastic lip.
   */
  arch: { gap: number; lip: 'paint' | 'plastic' | 'none' }
  /** Whether the mirror and the handles are chrome. */
  chrome?: true
  /** A second color on the paint, below the panel gaps and cut out by the arches. */
  stripe?: () => string
  /** Parts of this body only: behind the paint, and in front of it. */
  behind?: (finish: Finish) => string
  inFront?: (finish: Finish) => string
}
