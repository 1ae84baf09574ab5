import type { CollectionConfig } from 'payload'
import { permissions } from '../../src/access/permissions.ts'
import { half, row, third } from '../../src/fields/layout.ts'
import { money } from '../../src/fields/money.ts'
import { decimal, wholeNumber } from '../../src/fields/numbers.ts'
import { emailAddress, text } from '../../src/fields/text.ts'
import { webAddress } from '../../src/fields/web-address.ts'
import { findCarUrlTemplateProblem } from '../../src/lot/domain/car-url.ts'

/**
 * The facts of the dealership that listings, pages and prices use. One row, which a migration
 * creates; it is changed, never created or deleted.
 */
export const Dealership: CollectionConfig = {
  slug: 'dealership',
  dbName: 'dealership',
  labels: { singular: 'Dealership', plural: 'Dealership' },
  admin: {
    group: 'Lot',
    useAsTitle: 'name',
    defaultColumns: ['name', 'phone', 'city', 'websiteUrl', 'updatedAt'],
    description: 'Who sells the cars. Feeds, pages for search engines and payments use it.',
  },
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.nobody,
    read: permissions.isStaff,
    update: permissions.canManageLot,
    delete: permissions.nobody,
  },
  fields: [
    row(
      text('name', 100, { ...third, description: 'As customers know it.' }),
      text('phone', 30, third),
      emailAddress('email', third),
    ),
    row(
      text('street', 100, third),
      text('city', 60, third),
      text('state', 2, { ...third, description: 'Two letters: CA.' }),
    ),
    row(
      text('postalCode', 10, { ...third, label: 'ZIP code' }),
      decimal('latitude', { precision: 9, scale: 6, min: -90, max: 90, ...third }),
      decimal('longitude', { precision: 9, scale: 6, min: -180, max: 180, ...third }),
    ),
    row(
      webAddress('websiteUrl', { label: 'Website', ...half }),
      text('carUrlTemplate', 300, {
        ...half,
        label: 'Address of a car’s page',
        description:
          'Must contain {slug}, {id}, {vin}, {vinEnd} or {stockNumber}: ' +
          'https://www.example.com/vehicles/{slug}. {vinEnd} is the last eight characters.',
        validate: (value) => !value || (findCarUrlTemplateProblem(value) ?? true),
      }),
    ),
    row(
      decimal('salesTaxPercent', {
        precision: 6,
        scale: 3,
        min: 0,
        max: 50,
        label: 'Sales tax (%)',
        ...third,
      }),
      money('documentFee', { min: 0, label: 'Document fee', ...third }),
      money('registrationFee', { min: 0, label: 'Title and registration', ...third }),
    ),
    row(
      decimal('interestPercent', {
        precision: 6,
        scale: 3,
        min: 0,
        max: 100,
        label: 'Interest of a loan (% a year)',
        ...third,
      }),
      wholeNumber('loanMonths', { min: 1, max: 120, label: 'Months of a loan', ...third }),
      decimal('downPaymentPercent', {
        precision: 5,
        scale: 2,
        min: 0,
        max: 100,
        label: 'Down payment (%)',
        ...third,
      }),
    ),
    emailAddress('leadsEmail', {
      label: 'Leads go to',
      description: 'Enquiries and submissions are sent here as ADF XML, which CRMs read.',
    }),
  ],
  custom: { whenEmpty: 'The dealership is created with the database. Run npm run migrate.' },
}
