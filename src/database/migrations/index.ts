import * as migration_20261122_002500_lot from './20261122_002500_lot.ts';
import * as migration_20261122_002501_tell_changes from './20261122_002501_tell_changes.ts';
import * as migration_20261122_030000_every_table from './20261122_030000_every_table.ts';
import * as migration_20261122_030001_updated_at from './20261122_030001_updated_at.ts';
import * as migration_20261122_030002_trail from './20261122_030002_trail.ts';
import * as migration_20261122_030003_seeds from './20261122_030003_seeds.ts';
import * as migration_20261122_052252_jobs_and_mail from './20261122_052252_jobs_and_mail.ts';
import * as migration_20261122_061336_sign_in_tries from './20261122_061336_sign_in_tries.ts';
import * as migration_20261122_061917_owners from './20261122_061917_owners.ts';
import * as migration_20261122_091313_oauth_issuer from './20261122_091313_oauth_issuer.ts';
import * as migration_20261122_091757_scrapes from './20261122_091757_scrapes.ts';
import * as migration_20261122_093109_market from './20261122_093109_market.ts';
import * as migration_20261122_130000_forgotten_names from './20261122_130000_forgotten_names.ts';
import * as migration_20261128_100000_audit_seals from './20261128_100000_audit_seals.ts';
import * as migration_20261128_110000_device_secrets from './20261128_110000_device_secrets.ts';
import * as migration_20261128_120000_idempotency_keys from './20261128_120000_idempotency_keys.ts';
import * as migration_20261128_130000_owner_storage from './20261128_130000_owner_storage.ts';
import * as migration_20261129_100000_touch_updated_at from './20261129_100000_touch_updated_at.ts';
import * as migration_20261129_110000_copies_without_vin from './20261129_110000_copies_without_vin.ts';
import * as migration_20261129_120000_odometer_entered from './20261129_120000_odometer_entered.ts';
import * as migration_20261129_131300_true_mail_texts from './20261129_131300_true_mail_texts.ts';
import * as migration_20261129_133700_unread_fields from './20261129_133700_unread_fields.ts';
import * as migration_20261129_190434_market_alerts from './20261129_190434_market_alerts.ts';
import * as migration_20261129_191948_request_slots from './20261129_191948_request_slots.ts';
import * as migration_20261129_192000_drop_source_paces from './20261129_192000_drop_source_paces.ts';
import * as migration_20261130_031127_market_prices from './20261130_031127_market_prices.ts';
import * as migration_20261130_031128_market_rules from './20261130_031128_market_rules.ts';
import * as migration_20261130_075519_garage_figures from './20261130_075519_garage_figures.ts';
import * as migration_20261130_075520_tell_owner_changes from './20261130_075520_tell_owner_changes.ts';
import * as migration_20261130_112955_vin_catalog_stations from './20261130_112955_vin_catalog_stations.ts';
import * as migration_20261130_134846_files_sharing_costs from './20261130_134846_files_sharing_costs.ts';
import * as migration_20261130_193652_submissions_review_stock from './20261130_193652_submissions_review_stock.ts';
import * as migration_20261130_234842_listings from './20261130_234842_listings.ts';
import * as migration_20261201_121624_feed_car_status from './20261201_121624_feed_car_status.ts';

export const migrations = [
  {
    up: migration_20261122_002500_lot.up,
    down: migration_20261122_002500_lot.down,
    name: '20261122_002500_lot',
  },
  {
    up: migration_20261122_002501_tell_changes.up,
    down: migration_20261122_002501_tell_changes.down,
    name: '20261122_002501_tell_changes',
  },
  {
    up: migration_20261122_030000_every_table.up,
    down: migration_20261122_030000_every_table.down,
    name: '20261122_030000_every_table',
  },
  {
    up: migration_20261122_030001_updated_at.up,
    down: migration_20261122_030001_updated_at.down,
    name: '20261122_030001_updated_at',
  },
  {
    up: migration_20261122_030002_trail.up,
    down: migration_20261122_030002_trail.down,
    name: '20261122_030002_trail',
  },
  {
    up: migration_20261122_030003_seeds.up,
    down: migration_20261122_030003_seeds.down,
    name: '20261122_030003_seeds',
  },
  {
    up: migration_20261122_052252_jobs_and_mail.up,
    down: migration_20261122_052252_jobs_and_mail.down,
    name: '20261122_052252_jobs_and_mail',
  },
  {
    up: migration_20261122_061336_sign_in_tries.up,
    down: migration_20261122_061336_sign_in_tries.down,
    name: '20261122_061336_sign_in_tries',
  },
  {
    up: migration_20261122_061917_owners.up,
    down: migration_20261122_061917_owners.down,
    name: '20261122_061917_owners',
  },
  {
    up: migration_20261122_091313_oauth_issuer.up,
    down: migration_20261122_091313_oauth_issuer.down,
    name: '20261122_091313_oauth_issuer',
  },
  {
    up: migration_20261122_091757_scrapes.up,
    down: migration_20261122_091757_scrapes.down,
    name: '20261122_091757_scrapes',
  },
  {
    up: migration_20261122_093109_market.up,
    down: migration_20261122_093109_market.down,
    name: '20261122_093109_market',
  },
  {
    up: migration_20261122_130000_forgotten_names.up,
    down: migration_20261122_130000_forgotten_names.down,
    name: '20261122_130000_forgotten_names',
  },
  {
    up: migration_20261128_100000_audit_seals.up,
    down: migration_20261128_100000_audit_seals.down,
    name: '20261128_100000_audit_seals',
  },
  {
    up: migration_20261128_110000_device_secrets.up,
    down: migration_20261128_110000_device_secrets.down,
    name: '20261128_110000_device_secrets',
  },
  {
    up: migration_20261128_120000_idempotency_keys.up,
    down: migration_20261128_120000_idempotency_keys.down,
    name: '20261128_120000_idempotency_keys',
  },
  {
    up: migration_20261128_130000_owner_storage.up,
    down: migration_20261128_130000_owner_storage.down,
    name: '20261128_130000_owner_storage',
  },
  {
    up: migration_20261129_100000_touch_updated_at.up,
    down: migration_20261129_100000_touch_updated_at.down,
    name: '20261129_100000_touch_updated_at',
  },
  {
    up: migration_20261129_110000_copies_without_vin.up,
    down: migration_20261129_110000_copies_without_vin.down,
    name: '20261129_110000_copies_without_vin',
  },
  {
    up: migration_20261129_120000_odometer_entered.up,
    down: migration_20261129_120000_odometer_entered.down,
    name: '20261129_120000_odometer_entered',
  },
  {
    up: migration_20261129_131300_true_mail_texts.up,
    down: migration_20261129_131300_true_mail_texts.down,
    name: '20261129_131300_true_mail_texts',
  },
  {
    up: migration_20261129_133700_unread_fields.up,
    down: migration_20261129_133700_unread_fields.down,
    name: '20261129_133700_unread_fields',
  },
  {
    up: migration_20261129_190434_market_alerts.up,
    down: migration_20261129_190434_market_alerts.down,
    name: '20261129_190434_market_alerts',
  },
  {
    up: migration_20261129_191948_request_slots.up,
    down: migration_20261129_191948_request_slots.down,
    name: '20261129_191948_request_slots',
  },
  {
    up: migration_20261129_192000_drop_source_paces.up,
    down: migration_20261129_192000_drop_source_paces.down,
    name: '20261129_192000_drop_source_paces',
  },
  {
    up: migration_20261130_031127_market_prices.up,
    down: migration_20261130_031127_market_prices.down,
    name: '20261130_031127_market_prices',
  },
  {
    up: migration_20261130_031128_market_rules.up,
    down: migration_20261130_031128_market_rules.down,
    name: '20261130_031128_market_rules',
  },
  {
    up: migration_20261130_075519_garage_figures.up,
    down: migration_20261130_075519_garage_figures.down,
    name: '20261130_075519_garage_figures',
  },
  {
    up: migration_20261130_075520_tell_owner_changes.up,
    down: migration_20261130_075520_tell_owner_changes.down,
    name: '20261130_075520_tell_owner_changes',
  },
  {
    up: migration_20261130_112955_vin_catalog_stations.up,
    down: migration_20261130_112955_vin_catalog_stations.down,
    name: '20261130_112955_vin_catalog_stations',
  },
  {
    up: migration_20261130_134846_files_sharing_costs.up,
    down: migration_20261130_134846_files_sharing_costs.down,
    name: '20261130_134846_files_sharing_costs',
  },
  {
    up: migration_20261130_193652_submissions_review_stock.up,
    down: migration_20261130_193652_submissions_review_stock.down,
    name: '20261130_193652_submissions_review_stock',
  },
  {
    up: migration_20261130_234842_listings.up,
    down: migration_20261130_234842_listings.down,
    name: '20261130_234842_listings',
  },
  {
    up: migration_20261201_121624_feed_car_status.up,
    down: migration_20261201_121624_feed_car_status.down,
    name: '20261201_121624_feed_car_status'
  },
];
