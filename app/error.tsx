"use client";

import { ErrorState } from "@/components/ui/error-state";
import { errorReference } from "@/lib/error-reference";

type Props = { error: unknown; retry: () => void };

export default function PageError({ error, retry }: Props) {
  return <ErrorState title="This page could not be shown" reference={errorReference(error)} retry={retry} />;
}
