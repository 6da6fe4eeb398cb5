"use client";

import { Button } from "@/components/ui/button";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Result } from "@/lib/action";
import { useAction } from "./use-action";

export type Token = {
  id: string;
  name: string;
  lastFour: string;
  scopes: string;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
};
type Revoke = (input: { id: string }) => Promise<Result<void>>;

export function Tokens({ tokens, revoke }: { tokens: Token[]; revoke: Revoke }) {
  if (tokens.length === 0) return <p className="text-muted">No tokens yet. A script signs in with one.</p>;
  return (
    <Table>
      <thead>
        <tr>
          <th scope="col" className="w-[34%]">
            Name
          </th>
          <th scope="col">May</th>
          <th scope="col">Last used</th>
          <th scope="col">Ends</th>
          <th scope="col">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} revoke={revoke} />
        ))}
      </tbody>
    </Table>
  );
}

function TokenRow({ token, revoke }: { token: Token; revoke: Revoke }) {
  const { submit, isPending, error } = useAction(revoke);
  return (
    <tr>
      <td data-phone="title">
        {token.name} <span className="mono text-faint">…{token.lastFour}</span>
      </td>
      <td data-phone="below">{token.scopes.includes("write") ? "read and write" : "read"}</td>
      <td data-phone="below-right">{token.lastUsedAt ? <Time at={token.lastUsedAt} /> : "never"}</td>
      <td>{token.expiresAt ? <Time at={token.expiresAt} format="short" /> : "never"}</td>
      <td data-phone="right" className="text-right">
        {error && (
          <span role="alert" className="mr-2 text-xs text-red">
            {error.message}
          </span>
        )}
        <Button
          size="small"
          aria-label={`Revoke ${token.name}`}
          aria-disabled={isPending}
          onClick={() => submit({ id: token.id })}
        >
          Revoke
        </Button>
      </td>
    </tr>
  );
}
