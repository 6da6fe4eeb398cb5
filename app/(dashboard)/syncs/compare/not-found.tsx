import { NothingHere } from "@/components/frame/nothing-here";

export default function ComparedRunNotFound() {
  return (
    <NothingHere title="One of these runs is not there" way={{ href: "/syncs", label: "See all runs" }}>
      The link may be incomplete, or the run was cleared from the history because of its age. Tick two runs of the list.
    </NothingHere>
  );
}
