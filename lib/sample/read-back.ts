import { buffer } from "node:stream/consumers";
import { parse } from "csv-parse/sync";
import iconv from "iconv-lite";
import { openPromise } from "yauzl";

/** Every file of the zips, by its name without folders: for tests that read what was written. */
export async function unzipAll(paths: readonly string[]) {
  const files = new Map<string, Buffer>();
  for (const path of paths) {
    const zip = await openPromise(path);
    for await (const entry of zip.eachEntry()) {
      files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
    }
  }
  return files;
}

/** Rows of one of Etilize's tables; those that don't parse or are too short are left out. */
export function etilizeRows(bytes: Buffer | undefined, columns: number): string[][] {
  if (!bytes) throw new Error("The table is not in the zips");
  const rows: string[][] = parse(iconv.decode(bytes, "win1252"), {
    escape: "\\",
    skip_records_with_error: true,
    relax_column_count: true,
  });
  return rows.filter(({ length }) => length === columns);
}

/** Rows of a CSV with a header, as {column: cell}. */
export function headedRows(bytes: Buffer | undefined): Record<string, string>[] {
  if (!bytes) throw new Error("The file is not in the zip");
  return parse(bytes.toString("utf8"), { columns: true, bom: true });
}
