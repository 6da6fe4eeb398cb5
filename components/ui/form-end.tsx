import type { ComponentProps } from "react";
import { Button } from "./button";

type Props = Pick<ComponentProps<typeof Button>, "size" | "children"> & {
  /** What is wrong with the whole, where no field is to blame. */
  error: string | undefined;
  isPending: boolean;
  /** What the button says meanwhile. */
  pending: string;
};

/** The end of a form: what was refused, and the button that sends it. */
export function FormEnd({ error, isPending, pending, size, children }: Props) {
  return (
    <>
      {error && (
        <p role="alert" className="text-red">
          {error}
        </p>
      )}
      <div>
        <Button type="submit" variant="primary" size={size} aria-disabled={isPending}>
          {isPending ? pending : children}
        </Button>
      </div>
    </>
  );
}
