import { renderVerticalGradient, renderLinearGradient, renderRadialGradient } from './svg.ts'

/**
 * Renders the materials of every car besides its paint. A wheel's gradients use its own coordinates
 * (radius 100).
 */
export const renderMaterials = (): string =>
  [
    renderVerticalGradient('glass', '0 #4b5b6b', '0.5 #2a3641', '1 #161c23'),
    renderVerticalGradient('lamp', '0 #ffffff', '1 #a9bfd0'),
    renderVerticalGradient('tail', '0 #ff5347', '1 #a30d13'),
    renderVerticalGradient(
      'chrome',
      '0 #ffffff',
      '0.25 #cfd5da',
      '0.5 #7f878f',
      '0.75 #eef1f3',
      '1 #a4acb4',
    ),
    renderVerticalGradient(
      'under',
      '0 #0b0c0e',
      '0.4 #0b0c0e 0.95',
      '0.7 #0b0c0e 0.8',
      '1 #0b0c0e 0.3',
    ),
    renderRadialGradient('dome', '0 #ffffff', '0.6 #cfd4d9', '1 #9da4ac'),
    renderRadialGradient('shadow', '0 #05070a 0.85', '0.55 #05070a 0.5', '1 #05070a 0'),
    renderLinearGradient(
      'alloy',
      [-60, -75],
      [60, 75],
      '0 #f4f6f8',
      '0.45 #c3c8ce',
      '0.6 #a4abb3',
      '1 #dde1e5',
    ),
    renderLinearGradient('gunmetal', [-60, -75], [60, 75], '0 #7b838c', '0.5 #4b525a', '1 #646c75'),
    renderLinearGradient('tyre', [0, -100], [0, 100], '0 #2d3035', '0.5 #191b1e', '1 #0d0e10'),
    renderLinearGradient('barrel', [0, -76], [0, 76], '0 #0e0f11', '1 #363b41'),
    renderLinearGradient('disc', [-40, -40], [40, 40], '0 #9aa0a7', '0.5 #6d737a', '1 #8b9198'),
  ].join('')
