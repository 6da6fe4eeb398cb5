import { useEffect, useState } from "react";
import { previewCategoryAction } from "@/app/(dashboard)/categories/actions";
import type { CategoryOperation } from "@/lib/categories/category-operation";
import type { CategoryPreview } from "@/lib/categories/preview-category";

/** Between the last key and the question, in milliseconds. */
const PAUSE_MS = 150;

type Answer = { asked: string; preview: CategoryPreview | null; failure: string | null };

/** What the operation would touch, asked anew whenever it changes; both null while the answer is on its way. */
export function useCategoryPreview(operation: CategoryOperation | null) {
  const asked = operation ? JSON.stringify(operation) : "";
  const [answer, setAnswer] = useState<Answer>({ asked: "", preview: null, failure: null });

  useEffect(
    function askServer() {
      if (!asked) return;
      let isCurrent = true;
      const timer = setTimeout(() => {
        const tell = (told: Omit<Answer, "asked">) => isCurrent && setAnswer({ asked, ...told });
        previewCategoryAction(JSON.parse(asked)).then(
          (result) =>
            tell(
              result.ok
                ? { preview: result.data, failure: null }
                : { preview: null, failure: result.error.fields?.name ?? result.error.message },
            ),
          () => tell({ preview: null, failure: "The server can't be reached. Try again in a moment." }),
        );
      }, PAUSE_MS);
      return () => {
        isCurrent = false;
        clearTimeout(timer);
      };
    },
    [asked],
  );

  return answer.asked === asked ? answer : { preview: null, failure: null };
}
