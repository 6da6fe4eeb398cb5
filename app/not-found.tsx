import { NothingHere } from "@/components/frame/nothing-here";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <NothingHere title="There is nothing at this address" way={{ href: "/", label: "Go to the overview" }}>
      It may have been moved or archived, or the link is incomplete. Search for it by name or SKU.
    </NothingHere>
  );
}
