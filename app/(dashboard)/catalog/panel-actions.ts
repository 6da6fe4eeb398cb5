"use server";

import { action } from "@/lib/action";
import { getProductPanel, productPanelInput } from "@/lib/catalog/product-panel";

export const getProductPanelAction = action("catalog:read", productPanelInput, getProductPanel);
