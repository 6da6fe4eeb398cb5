import Link from "next/link";
import { StatusDot } from "@/components/ui/status";
import { Table } from "@/components/ui/table";
import type { SizeLine } from "@/lib/catalog/size/catalogue-size";
import { SIZE_LIMITS, type SizeMeasure } from "@/lib/catalog/size/size-levels";
import { cn } from "@/lib/class-names";
import { formatBytes, formatCount } from "@/lib/format";

const LEVEL_WORDS = { green: "fine", amber: "look at it", red: "act" } as const;

/** Each measure with its level, from when on it needs somebody, and what to do then. */
export async function SizeTable({ size }: { size: Promise<SizeLine[]> }) {
  const lines = await size;
  return (
    <Table aria-label="Size of the catalogue">
      <colgroup>
        <col className="w-72" />
        <col className="w-28" />
        <col className="w-28" />
        <col className="w-32" />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Measure</th>
          <th scope="col" className="num">
            Now
          </th>
          <th scope="col">Level</th>
          <th scope="col" className="num">
            Look from
          </th>
          <th scope="col">What to do then</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ measure, figure, level, at }) => {
          const { label, amber, advice } = SIZE_LIMITS[measure];
          return (
            <tr key={measure}>
              <td data-phone="title" className="py-1.5 whitespace-normal">
                {label}
                {at && (
                  <>
                    {" · "}
                    <Link href={at.href} prefetch={false} className="text-accent underline">
                      {at.label}
                    </Link>
                  </>
                )}
              </td>
              <td className="num" data-phone="right">
                {shown(measure, figure)}
              </td>
              <td data-phone="below-right">
                <StatusDot tone={level}>{LEVEL_WORDS[level]}</StatusDot>
              </td>
              <td className="num text-muted">{shown(measure, amber)}</td>
              <td
                data-phone={level === "green" ? undefined : "below"}
                className={cn("py-1.5 whitespace-normal", level === "green" && "text-muted")}
              >
                {advice}
              </td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

function shown(measure: SizeMeasure, figure: number) {
  return measure === "imageBytes" || measure === "databaseBytes" ? formatBytes(figure) : formatCount(figure);
}
