-- DropIndex
DROP INDEX "Product_manufacturerPartNumber_idx";

-- DropIndex
DROP INDEX "Product_upc_idx";
