import { NothingHere } from "@/components/frame/nothing-here";

export default function SourceNotFound() {
  return (
    <NothingHere title="There is no such feed" way={{ href: "/feeds", label: "See all feeds" }}>
      The link may be incomplete, or the feed was removed with the sample data.
    </NothingHere>
  );
}
