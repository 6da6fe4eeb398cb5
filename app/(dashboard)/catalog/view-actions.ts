"use server";

import { action } from "@/lib/action";
import {
  createView,
  createViewInput,
  defaultViewInput,
  deleteView,
  deleteViewInput,
  setDefaultView,
  updateView,
  updateViewInput,
} from "@/lib/views/mutations";

export const createViewAction = action("view:own", createViewInput, createView);

export const updateViewAction = action("view:own", updateViewInput, updateView);

export const deleteViewAction = action("view:own", deleteViewInput, deleteView);

export const setDefaultViewAction = action("view:own", defaultViewInput, setDefaultView);
