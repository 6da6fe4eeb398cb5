import { z } from "zod";

/** Names one thing in the inbox: `run:<id>`, `change:<id>`, `rejection:<id>`, `fetch:<id>`. */
export const inboxSubject = z.string().regex(/^(run|fetch):[0-9a-f-]{36}$|^(change|rejection):[0-9]{1,15}$/);
