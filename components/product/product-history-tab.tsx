"use client";

import dynamic from "next/dynamic";

/** Fetched with its tab: the product's first paint doesn't carry it. */
export const ProductHistoryTab = dynamic(() => import("./product-history").then((module) => module.ProductHistory));
