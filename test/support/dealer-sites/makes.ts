/** A maker of the test world: how its VINs begin, and what it makes. */
export type Make = { make: string; wmi: string; models: readonly Model[] }
type Model = { model: string; trims: readonly string[]; bodyStyle: string }

/**
 * What the test world's dealers sell; among them makes and models of two words and with a hyphen.
 */
export const MODELS: readonly Make[] = [
  {
    make: 'Honda',
    wmi: '1HG',
    models: [
      { model: 'Accord', trims: ['EX-L', 'Sport 1.5T'], bodyStyle: 'Sedan' },
      { model: 'CR-V', trims: ['Touring', 'EX'], bodyStyle: 'SUV' },
    ],
  },
  {
    make: 'Land Rover',
    wmi: 'SAL',
    models: [
      { model: 'Range Rover Sport', trims: ['HSE', 'SE'], bodyStyle: 'SUV' },
      { model: 'Defender', trims: ['110 SE'], bodyStyle: 'SUV' },
    ],
  },
  {
    make: 'Alfa Romeo',
    wmi: 'ZAR',
    models: [{ model: 'Giulia', trims: ['Ti'], bodyStyle: 'Sedan' }],
  },
  {
    make: 'Mercedes-Benz',
    wmi: 'WDD',
    models: [{ model: 'C-Class', trims: ['C 300 4MATIC'], bodyStyle: 'Sedan' }],
  },
  {
    make: 'Rolls-Royce',
    wmi: 'SCA',
    models: [{ model: 'Ghost', trims: ['Black Badge'], bodyStyle: 'Sedan' }],
  },
  {
    make: 'Jeep',
    wmi: '1C4',
    models: [{ model: 'Grand Cherokee', trims: ['Limited', 'Summit'], bodyStyle: 'SUV' }],
  },
  {
    make: 'Tesla',
    wmi: '5YJ',
    models: [{ model: 'Model 3', trims: ['Long Range'], bodyStyle: 'Sedan' }],
  },
  {
    make: 'Ford',
    wmi: '1FT',
    models: [
      { model: 'F-150', trims: ['XLT', 'Lariat'], bodyStyle: 'Pickup' },
      { model: 'Escape', trims: ['SE'], bodyStyle: 'SUV' },
    ],
  },
  {
    make: 'BMW',
    wmi: 'WBA',
    models: [{ model: '3 Series', trims: ['330i xDrive'], bodyStyle: 'Sedan' }],
  },
]
