/** The shape of the headlamps. */
export type Lamps = 'slim' | 'block' | 'round'
export type Grille = 'wide' | 'mesh' | 'slats' | 'slots' | 'closed' | 'chrome'

/**
 * A body seen from the front or the rear: heights are canvas pixels, half widths are pixels from
 * the center line.
 */
export type EndShape = {
  /** Pixels per meter, for parts with the same size on every car: plate, lamps, tires. */
  scale: number
  half: number
  roof: number
  roofHalf: number
  /** The radius of the roof's corner, in pixels. */
  corner: number
  /** How far below the roof the windows begin, if that is more than the corner. */
  header?: number
  /** The bottom of the windshield, and its half width. */
  cowl: number
  cowlHalf: number
  /**
   * The front edge of the hood; from the rear, the upper edge of the trunk lid or the sill of the
   * tailgate's window.
   */
  brow: number
  deck: number
  bottom: number
  lamps: Lamps
  grilles: readonly Grille[]
  /** The rear: a trunk, a tailgate up to the roof, a pickup's tailgate, or two van doors. */
  back: 'boot' | 'tailgate' | 'flap' | 'doors'
  cladding?: true
  rails?: true
  open?: true
  /** Chrome bumpers, or the separate fenders of the rear-engined classic. */
  classic?: 'bumpers' | 'wings'
}
