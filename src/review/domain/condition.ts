/** The parts of a car that an appraisal grades, with the labels of the panel. */
export const CONDITION_PARTS = {
  exterior: 'Exterior',
  interior: 'Interior',
  mechanical: 'Mechanical',
  tires: 'Tires',
  brakes: 'Brakes',
  glass: 'Glass',
  electronics: 'Electronics',
  testDrive: 'Test drive',
} as const

export type ConditionPart = keyof typeof CONDITION_PARTS

/** How good a part is. */
export const CONDITION_GRADES = {
  not_checked: 'Not checked',
  good: 'Good',
  fair: 'Fair',
  poor: 'Poor',
} as const

export type ConditionGrade = keyof typeof CONDITION_GRADES

/** The parts in the order in which the sheet shows them. */
export const LISTED_PARTS = Object.keys(CONDITION_PARTS) as ConditionPart[]

/** The field of the note about a part: `tiresNote`. */
export const getNoteField = <Part extends ConditionPart>(part: Part): `${Part}Note` => `${part}Note`
