/** What the nose looks like: the lamps, what lies between them. */
export type Lamps = 'slim' | 'block' | 'round'
export type Grille = 'wide' | 'mesh' | 'slats' | 'slots' | 'closed' | 'chrome'

/**
 * A body seen from one of its ends: heights are canvas pixels, half widths are pixels from the
 * centre line.
 */
export type EndShape = {
  /** Pixels a metre, for what has the same size on every car: plate, lamps, tyres. */
  scale: number
  half: number
  roof: number
  roofHalf: number
  /** How round the roof's corner is, in pixels. */
  corner: number
  /** How far under the roof the windows begin, where that is more than the corner. */
  header?: number
  /** The foot of the windscreen, and its half width. */
  cowl: number
  cowlHalf: number
  /**
   * The bonnet's front edge; from behind, the upper edge of the boot lid or the tailgate's window
   * sill.
   */
  brow: number
  deck: number
  bottom: number
  lamps: Lamps
  grilles: readonly Grille[]
  /** From behind: a boot, a tailgate up to the roof, a pickup's flap, or two van doors. */
  back: 'boot' | 'tailgate' | 'flap' | 'doors'
  cladding?: true
  rails?: true
  open?: true
  /** Chrome bumpers, and the separate wings of the rear-engined classic. */
  classic?: 'bumpers' | 'wings'
}
