import type { CollectionConfig } from 'payload'
import {
  requireVinUnlessOnHold,
  checkStatusTransition,
  nameCar,
  assignStockNumber,
  stampAuthors,
  stampListing,
} from '../../hooks/lot/car.ts'
import { normalizePhotos, publishPhotos, unpublishPhotos } from '../../hooks/lot/photos.ts'
import { queueBanner } from '../../hooks/lot/prepare-photos.ts'
import { clearEndedDeal, recordSale, refusePastHold } from '../../hooks/lot/deal.ts'
import { enforceUniqueCar } from '../../hooks/lot/enforce-unique-car.ts'
import { checkExpectedPrice, recordPriceChange } from '../../hooks/lot/price.ts'
import { normalizeSpelling } from '../../hooks/lot/spelling.ts'
import { fillFromVin } from '../../hooks/vin/fill-from-vin.ts'
import { warnBelowCost } from '../../hooks/lot/below-cost.ts'
import { normalizeVin, recheckVin, warnAboutVin } from '../../hooks/vin/check-vin.ts'
import { omitUnrequestedJoins } from '../../src/api/omit-joins.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { NO_VIN } from '../../src/domain/car-title.ts'
import {
  normalizeBodyStyle,
  normalizeDrivetrain,
  normalizeFuelType,
  normalizeTransmission,
} from '../../src/domain/car-words.ts'
import { normalizeMake } from '../../src/domain/makes.ts'
import { belongsTo } from '../../src/fields/belongs-to.ts'
import { suggestFromCatalog } from '../../src/fields/catalog-choice.ts'
import { calendarDay } from '../../src/fields/calendar-day.ts'
import { choice } from '../../src/fields/choice.ts'
import { decodeVinButton } from '../../src/fields/decode-vin.ts'
import { instant } from '../../src/fields/instant.ts'
import { half, joinField, row, tab, third } from '../../src/fields/layout.ts'
import {
  carTimeline,
  cells,
  onePerLine,
  photoProblems,
  cascadeNotice,
  sharedHistory,
  stockWork,
} from '../../src/fields/lot-screens.ts'
import { money } from '../../src/fields/money.ts'
import { modelYear } from '../../src/fields/model-year.ts'
import { wholeNumber } from '../../src/fields/numbers.ts'
import { photos } from '../../src/fields/photos.ts'
import { textarea, text, textList, checkbox } from '../../src/fields/text.ts'
import { confirmVin, vin } from '../../src/fields/vin.ts'
import { webAddress } from '../../src/fields/web-address.ts'
import { getCarTimeline } from '../../src/lot/endpoints/car-timeline.ts'
import { getLotStats } from '../../src/lot/endpoints/lot-stats.ts'
import { changePrice } from '../../src/lot/endpoints/change-price.ts'
import { holdCar } from '../../src/lot/endpoints/hold-car.ts'
import {
  applyPriceBatch,
  previewPriceBatch,
  undoPriceBatch,
} from '../../src/lot/endpoints/price-batches.ts'
import { sellCar } from '../../src/lot/endpoints/sell-car.ts'
import { MAX_HIGHLIGHT } from '../../src/photos/domain/highlight.ts'
import { VIN_FIELDS } from '../../src/vin/domain/facts.ts'

const suggested = { ...third, admin: suggestFromCatalog }
const byServer = { create: permissions.nobody, update: permissions.nobody }
const staffOnly = { read: permissions.isStaff }
/** Every change of the price, newest first. */
const priceChanges = joinField('priceChanges', 'price-changes', 'inventory', [
  'changedAt',
  'fromPrice',
  'toPrice',
  'reason',
  'changedBy',
])
/** What customers asked about the car on the public site, newest first. */
const enquiries = joinField('enquiries', 'enquiries', 'inventory', [
  'createdAt',
  'name',
  'email',
  'phone',
  'status',
])
const stamped = { readOnly: true, access: byServer, ...half }

/**
 * One car on the lot. The public sees it while it is available, but never its cost, its origin, or
 * its author.
 */
export const Inventory: CollectionConfig = {
  slug: 'inventory',
  dbName: 'inventory',
  labels: { singular: 'Car', plural: 'Inventory' },
  admin: {
    group: 'Lot',
    useAsTitle: 'title',
    defaultColumns: ['thumbnail', 'title', 'status', 'price', 'mileage', 'stockNumber', 'listedAt'],
    listSearchableFields: ['title', 'vin', 'stockNumber'],
    description: 'Cars on the lot. The public sees only available cars.',
    pagination: { defaultLimit: 25, limits: [10, 25, 50, 100] },
    components: {
      beforeListTable: [
        '/src/admin/lot/photo-problems.tsx#PhotoProblemsNotice',
        '/src/admin/lot/change-prices.tsx#ChangePrices',
      ],
    },
  },
  defaultSort: '-listedAt',
  lockDocuments: false,
  access: {
    create: permissions.canManageLot,
    read: rules.carsOnShow,
    update: permissions.canManageLot,
    delete: permissions.isStaffAdmin,
  },
  hooks: {
    beforeOperation: [omitUnrequestedJoins],
    beforeValidate: [normalizeVin, fillFromVin(VIN_FIELDS), normalizeSpelling],
    beforeChange: [
      checkExpectedPrice,
      recheckVin,
      recordSale,
      checkStatusTransition,
      requireVinUnlessOnHold,
      stampListing,
      clearEndedDeal,
      refusePastHold,
      stampAuthors,
      assignStockNumber,
      enforceUniqueCar,
      normalizePhotos,
      nameCar,
      warnAboutVin,
      warnBelowCost,
    ],
    afterChange: [publishPhotos, recordPriceChange, queueBanner],
    afterDelete: [unpublishPhotos],
  },
  endpoints: [
    changePrice,
    sellCar,
    holdCar,
    previewPriceBatch,
    applyPriceBatch,
    undoPriceBatch,
    getLotStats,
    getCarTimeline,
  ],
  fields: [
    text('title', 255, {
      readOnly: true,
      hidden: true,
      access: byServer,
      label: 'Car',
      admin: cells.title,
    }),
    {
      type: 'tabs',
      tabs: [
        tab(
          'Vehicle',
          row(
            vin({ required: true, ...half }),
            text('stockNumber', 50, {
              unique: true,
              ...half,
              description: 'If empty, it is generated from the VIN and does not change.',
            }),
          ),
          confirmVin(),
          decodeVinButton(VIN_FIELDS),
          row(
            modelYear({ required: true, ...third }),
            text('make', 100, { required: true, normalize: normalizeMake, ...suggested }),
            text('model', 100, { required: true, ...suggested }),
          ),
          row(
            text('trim', 100, suggested),
            text('bodyStyle', 50, {
              ...third,
              normalize: normalizeBodyStyle,
              description: 'Sedan, SUV, Pickup, …',
            }),
            wholeNumber('doors', { ...third, min: 1, max: 9 }),
          ),
          row(text('exteriorColor', 100, half), text('interiorColor', 100, half)),
          row(
            text('engine', 100, half),
            text('transmission', 50, { ...half, normalize: normalizeTransmission }),
          ),
          row(
            text('fuelType', 50, { ...half, normalize: normalizeFuelType }),
            text('drivetrain', 50, {
              ...half,
              normalize: normalizeDrivetrain,
              description: 'FWD, RWD, AWD or 4WD.',
            }),
          ),
          row(
            wholeNumber('mileage', {
              required: true,
              min: 1,
              ...third,
              description: 'Odometer reading, in miles.',
              admin: cells.mileage,
              column: { check: '> 0' },
            }),
            wholeNumber('mpgCity', {
              label: 'City MPG',
              min: 1,
              max: 500,
              ...third,
              description: 'Miles per gallon; MPGe for an electric car.',
            }),
            wholeNumber('mpgHighway', { label: 'Highway MPG', min: 1, max: 500, ...third }),
          ),
          text('condition', 50, { description: 'Excellent, Good, Fair, …' }),
        ),
        tab(
          'Price',
          row(
            money('price', {
              required: true,
              min: 0.01,
              ...third,
              description: 'What the customer pays.',
              column: { check: '> 0' },
            }),
            money('cost', {
              ...third,
              access: { read: permissions.canSeeCost },
              description: 'What we paid. Never shown to the public or to viewers.',
            }),
            money('msrp', {
              label: 'MSRP',
              ...third,
              description: 'List price when the car was new.',
            }),
          ),
          checkbox('featured', {
            defaultValue: false,
            description:
              'For your website, which reads this from the API and can show featured cars first.',
          }),
          { ...priceChanges, access: staffOnly },
        ),
        tab(
          'Media',
          photoProblems,
          photos(),
          text('highlight', MAX_HIGHLIGHT, {
            description:
              'A few words for the banner on the first photo, such as “One owner · Clean title”. ' +
              'If empty, they come from the history of the car.',
          }),
          textarea('description', { description: 'The text of the listing.' }),
          textList('features', {
            max: 200,
            length: 200,
            description: 'One feature per line.',
            admin: onePerLine('Heated seats', 'Sunroof', 'Lane assist'),
          }),
        ),
        tab(
          'History',
          row(
            text('titleStatus', 50, { ...third, description: 'Clean, Salvage, Rebuilt, …' }),
            wholeNumber('owners', {
              min: 0,
              max: 99,
              ...third,
              description: 'Number of previous owners.',
            }),
            wholeNumber('accidents', {
              min: 0,
              max: 99,
              ...third,
              description: 'Number of reported accidents.',
            }),
          ),
          checkbox('serviceRecords', { description: 'Service records are available.' }),
          textarea('warranty', { description: 'What is covered, and for how long.' }),
          row(
            webAddress('carfaxUrl', { label: 'CARFAX report', ...half }),
            webAddress('autocheckUrl', { label: 'AutoCheck report', ...half }),
          ),
          sharedHistory,
          text('historyHead', 64, {
            hidden: true,
            access: byServer,
            description: 'The hash of the history that its last owner shared with buyers.',
          }),
        ),
        tab(
          'System',
          belongsTo('sourceSubmission', 'pending-submissions', {
            readOnly: true,
            access: { ...byServer, ...staffOnly },
            label: 'From submission',
            description: 'The submission that this car came from. Approving it sets this.',
          }),
          row(
            belongsTo('createdBy', 'users', {
              ...stamped,
              access: { ...byServer, ...staffOnly },
              column: { name: 'created_by' },
            }),
            belongsTo('updatedBy', 'users', {
              ...stamped,
              access: { ...byServer, ...staffOnly },
              column: { name: 'updated_by' },
            }),
          ),
          row(instant('listedAt', stamped), instant('soldAt', stamped)),
          row(
            money('soldPrice', {
              ...third,
              readOnly: true,
              access: { ...byServer, ...staffOnly },
              description: 'What the buyer paid.',
            }),
            calendarDay('heldUntilDate', {
              ...third,
              access: staffOnly,
              label: 'On hold until',
              description: 'The last day of the hold. Then the car is available again.',
            }),
            text('buyerNote', 500, {
              ...third,
              access: staffOnly,
              description: 'Who bought the car, or for whom it is held. For staff only.',
            }),
          ),
          text('slug', 120, {
            readOnly: true,
            unique: true,
            access: byServer,
            description:
              'The end of the address of the car’s page: 2019-honda-cr-v-ex-l-1a2b3c4d. It never ' +
              'changes, so that links keep working.',
          }),
          text('thumbnail', 500, {
            description: 'The thumbnail. If empty, the first photo is used.',
            admin: cells.thumbnail,
          }),
        ),
        tab('Enquiries', { ...enquiries, access: staffOnly }),
        tab('Timeline', carTimeline),
      ],
    },
    choice(
      'status',
      20,
      { available: 'Available', pending: 'Sale pending', hold: 'On hold', sold: 'Sold' },
      {
        defaultValue: 'available',
        required: true,
        description: 'The public sees only available cars.',
        admin: { position: 'sidebar', isClearable: false, ...cells.status },
      },
    ),
    stockWork,
    cascadeNotice,
  ],
  custom: {
    publicReads: true,
    copies: {
      vin: NO_VIN,
      stockNumber: null,
      status: 'hold',
      carfaxUrl: null,
      autocheckUrl: null,
      sourceSubmission: null,
      historyHead: null,
      slug: null,
      soldPrice: null,
      heldUntilDate: null,
      buyerNote: null,
    },
    table: {
      indexes: [
        { name: 'inventory_vin_idx', on: 'vin', unique: true, where: "vin <> ''" },
        {
          name: 'inventory_submission_unique_idx',
          on: 'source_submission_id',
          unique: true,
          where: 'source_submission_id IS NOT NULL',
        },
        { name: 'inventory_status_listed_idx', on: 'status, listed_at DESC, created_at DESC' },
        { name: 'inventory_status_price_idx', on: 'status, price, created_at DESC' },
        { name: 'inventory_status_make_price_idx', on: 'status, make, price' },
        { name: 'inventory_images_idx', on: 'images jsonb_path_ops', using: 'gin' },
        {
          name: 'inventory_sold_idx',
          on: 'sold_at DESC',
          where: "status = 'sold'",
        },
      ],
    },
  },
}
