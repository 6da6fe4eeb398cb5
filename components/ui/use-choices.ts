import { useDeferredValue, useEffect, useState } from "react";
import type { Result } from "@/lib/action";

const UNREACHABLE = "The server can't be reached. Type again to try once more.";

/**
 * What a finder's box holds, and what the server offers for it; the older offer stays until the newer is there.
 * `ask` is a server action.
 */
export function useChoices<Choice>(ask: (input: { q: string }) => Promise<Result<Choice[]>>) {
  const [text, setText] = useState("");
  const asked = useDeferredValue(text);
  const [answer, setAnswer] = useState<{ choices: Choice[]; failure: string | null } | null>(null);

  useEffect(
    function askServer() {
      let isCurrent = true;
      const hear = (choices: Choice[], failure: string | null) => isCurrent && setAnswer({ choices, failure });
      ask({ q: asked }).then(
        (result) => (result.ok ? hear(result.data, null) : hear([], result.error.message)),
        () => hear([], UNREACHABLE),
      );
      return () => {
        isCurrent = false;
      };
    },
    [asked, ask],
  );

  return { text, setText, asked, answer };
}
