import type { Appraisal, PendingSubmission } from '../../generated/payload-types.ts'
import { withCheckDigit } from '../../domain/vin.ts'

/** A submission of the demo, with its appraisal if somebody looked at the car. */
export type DemoSubmission = {
  hoursAgo: number
  facts: Omit<PendingSubmission, 'id' | 'createdAt' | 'updatedAt' | 'submittedAt'>
  appraisal?: Omit<Appraisal, 'id' | 'createdAt' | 'updatedAt' | 'submission'>
}

/**
 * The submissions of the demo lot, one in each open stage. Cars and customers are invented; the
 * addresses are at example.com, which receives no mail.
 */
export const demoSubmissions: readonly DemoSubmission[] = [
  {
    hoursAgo: 3,
    facts: {
      year: 2020,
      make: 'Honda',
      model: 'CR-V',
      trim: 'EX-L',
      vin: withCheckDigit('2HKRW2H80LH998310'),
      mileage: 58_400,
      askingPrice: 23_500,
      condition: 'Good',
      transmission: 'CVT',
      fuelType: 'Gasoline',
      exteriorColor: 'Radiant Red Metallic',
      interiorColor: 'Gray Leather',
      customerName: 'Dana Whitfield',
      customerEmail: 'dana.whitfield@example.com',
      customerPhone: '816-555-0142',
      additionalNotes: 'New tires in the spring. Small scratch on the rear bumper.',
      submissionStatus: 'pending',
    },
  },
  {
    hoursAgo: 28,
    facts: {
      year: 2019,
      make: 'Honda',
      model: 'Accord',
      trim: 'Sport 1.5T',
      vin: withCheckDigit('1HGCV1F30KA998207'),
      mileage: 72_900,
      askingPrice: 17_900,
      condition: 'Good',
      transmission: 'CVT',
      fuelType: 'Gasoline',
      exteriorColor: 'Platinum White Pearl',
      interiorColor: 'Black Cloth',
      customerName: 'Marcus Bell',
      customerEmail: 'marcus.bell@example.com',
      additionalNotes: 'There is still a loan on it. I can come by on Saturdays.',
      submissionStatus: 'in_review',
    },
    appraisal: {
      exterior: 'good',
      interior: 'good',
      mechanical: 'good',
      tires: 'fair',
      tiresNote: '4/32 in the rear',
      brakes: 'fair',
      brakesNote: 'Front pads at 30 percent',
      glass: 'good',
      electronics: 'good',
      testDrive: 'not_checked',
      reconditioning: 780,
      payoff: 4_150,
      offer: 15_400,
      notes: 'Clean car with receipts. Drive it before we agree on the price.',
    },
  },
  {
    hoursAgo: 52,
    facts: {
      year: 2021,
      make: 'Toyota',
      model: 'Camry',
      trim: 'SE',
      vin: withCheckDigit('4T1G11AK0MU998415'),
      mileage: 49_100,
      askingPrice: 21_000,
      condition: 'Excellent',
      transmission: '8-Speed Automatic',
      fuelType: 'Gasoline',
      exteriorColor: 'Celestial Silver Metallic',
      interiorColor: 'Black SofTex',
      customerName: 'Priya Raman',
      customerEmail: 'priya.raman@example.com',
      submissionStatus: 'info_wanted',
      question: 'Please add a photo of the odometer, and tell us whether you have both keys.',
    },
  },
]
