import { NothingHere } from "@/components/frame/nothing-here";

export default function RunNotFound() {
  return (
    <NothingHere title="There is no such run" way={{ href: "/syncs", label: "See all runs" }}>
      The link may be incomplete, or the run was cleared from the history because of its age.
    </NothingHere>
  );
}
