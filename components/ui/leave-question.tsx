import { Button } from "./button";
import { Dialog, DialogContent } from "./dialog";

type Props = { stay: () => void; discard: () => void; save: () => Promise<void> };

/** What to do with unsaved changes, asked of who is about to leave. */
export function LeaveQuestion({ stay, discard, save }: Props) {
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && stay()}>
      <DialogContent
        title="Leave without saving?"
        description="What you changed here is not saved yet."
        footer={
          <>
            <Button onClick={stay}>Stay</Button>
            <Button variant="danger" onClick={discard}>
              Discard and leave
            </Button>
            <Button variant="primary" onClick={save}>
              Save and leave
            </Button>
          </>
        }
      />
    </Dialog>
  );
}
