/**
 * Builds the SQL of the market price of a car: of its newest analysis, at its mileage if that is
 * known. `car` is the alias of the table `inventory` in the statement.
 */
export const buildMarketPriceSql = (car: string): string =>
  `(select coalesce(point.expected_price, point.median_market_price)
    from market_price_history point
    where point.inventory_id = ${car}.id and point.median_market_price is not null
    order by point.recorded_at desc limit 1)`
