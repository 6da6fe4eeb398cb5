"use client";

import { Button } from "@/components/ui/button";
import { useLegacyStart } from "./use-legacy-start";

type Props = { given: { uploads: string[]; path: string }; isFirst: boolean };

/** Takes what a dry run told of; or the same store once more, for what was not there the last time. */
export function ImportNowButton({ given, isFirst }: Props) {
  const { start, isBusy, problem } = useLegacyStart();
  return (
    <>
      <Button
        variant={isFirst ? "primary" : "default"}
        onClick={() => start({ ...given, dryRun: false })}
        aria-disabled={isBusy}
      >
        {isFirst ? "Import now" : "Import again"}
      </Button>
      {problem && (
        <p role="alert" className="w-full text-red">
          {problem}
        </p>
      )}
    </>
  );
}
