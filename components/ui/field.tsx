import { type ReactNode, useId } from "react";

type Control = { id: string; "aria-invalid"?: true; "aria-describedby"?: string };
type Props = {
  label: ReactNode;
  help?: ReactNode;
  /** In words: what is wrong and what to enter. */
  error?: string;
  isRequired?: boolean;
  children: (control: Control) => ReactNode;
};

/** Label above, help below, error beside the control; the control gets the attributes that tie them together. */
export function Field({ label, help, error, isRequired, children }: Props) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? help;
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-xs font-medium text-muted">
        {label}
        {isRequired && <span className="font-normal text-faint"> required</span>}
      </label>
      {children({ id, "aria-invalid": error ? true : undefined, "aria-describedby": note ? noteId : undefined })}
      {note && (
        <p id={noteId} role={error ? "alert" : undefined} className={error ? "text-xs text-red" : "text-xs text-muted"}>
          {note}
        </p>
      )}
    </div>
  );
}
