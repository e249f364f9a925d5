export { PostgresViewPlace, type PostgresPlaceOptions } from './postgres-view-place.js';
