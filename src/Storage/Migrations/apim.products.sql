-- 0150 an API product is an API that is made of other APIs' operations
ALTER TABLE apis ADD COLUMN is_product {int} NOT NULL DEFAULT 0

-- 0151 whose operations the working copies of products take
CREATE TABLE IF NOT EXISTS product_apis (
  product_id {id} NOT NULL,
  api_id {id} NOT NULL,
  PRIMARY KEY (product_id, api_id)
) {options}

-- 0152
CREATE INDEX product_apis_api ON product_apis (api_id)
