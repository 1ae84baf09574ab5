import { accord } from './accord.ts'
import type { DemoOwner } from './demo-owner.ts'
import { model3 } from './model-3.ts'
import { outback } from './outback.ts'

/** The owners of the demo with their vehicles; Robin Tremblay is a viewer of the Accord. */
export const demoOwners: readonly [DemoOwner, DemoOwner] = [
  {
    name: 'alex-rivera',
    email: 'alex.rivera@example.com',
    displayName: 'Alex Rivera (demo)',
    preferences: {
      unitSystem: 'imperial',
      currencyCode: 'USD',
      timeZone: 'America/Chicago',
    },
    vehicles: [accord, model3],
  },
  {
    name: 'robin-tremblay',
    email: 'robin.tremblay@example.com',
    displayName: 'Robin Tremblay (demo)',
    preferences: {
      unitSystem: 'metric',
      currencyCode: 'CAD',
      timeZone: 'America/Toronto',
    },
    vehicles: [outback],
  },
]
