import { useEffect, useRef } from "react";

/** For a form: once its errors change, the keyboard stands in the first field that is wrong. */
export function useFirstError(errors: object) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(
    function goThere() {
      if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    },
    [errors],
  );
  return form;
}
