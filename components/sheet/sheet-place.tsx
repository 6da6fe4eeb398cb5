"use client";

import dynamic from "next/dynamic";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { SheetProps } from "./sheet";

// Grid, codecs and clipboard are fetched by those who edit so; the list's page carries none of it.
const Sheet = dynamic(() => import("./sheet").then((module) => module.Sheet), {
  ssr: false,
  loading: () => <SkeletonRows rows={20} label="The sheet is loading" />,
});

/** The list as a sheet; another list is another sheet. */
export function SheetPlace(props: SheetProps) {
  return <Sheet key={JSON.stringify([props.list, props.columns])} {...props} />;
}
